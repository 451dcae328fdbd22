/**
 * Bodies of pop consumption: {@link io.orbitmq.protocol.body.pop.BatchAck}. Source: protocol/08. Immutable; any thread.
 */
package io.orbitmq.protocol.body.pop;
