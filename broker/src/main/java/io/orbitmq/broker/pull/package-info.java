/**
 * Pulling messages: check, read, commit the offset, hold or answer. Start reading at {@link
 * io.orbitmq.broker.pull.PullHandler}; the checks stand in order in {@code PullAdmission}. A pull runs to its end on the
 * connection's event loop when memory has what it wants; a read that needs the disk moves to the cold-read pool. Source:
 * protocol/07 section 5.
 */
package io.orbitmq.broker.pull;
