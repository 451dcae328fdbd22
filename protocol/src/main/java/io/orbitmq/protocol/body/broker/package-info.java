/**
 * Bodies about a broker as a whole. Start reading at {@link io.orbitmq.protocol.body.broker.TextTable}. Immutable
 * values; any thread. Source: protocol/11 section 3.5.
 */
package io.orbitmq.protocol.body.broker;
