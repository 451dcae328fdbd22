/**
 * What was popped and not acknowledged yet, as a table whose changes are records of the log. Start reading at {@link
 * io.orbitmq.broker.pop.state.PopTable}; {@link io.orbitmq.broker.pop.state.PopChanges} has the form of its changes, a {@code
 * Lease} is what one pop took out of 64 neighbouring offsets of a queue. Knows nothing of requests. Safe for any thread:
 * the table has one lock, held for a few lookups.
 */
package io.orbitmq.broker.pop.state;
