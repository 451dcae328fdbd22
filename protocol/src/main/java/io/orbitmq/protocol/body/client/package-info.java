/**
 * Bodies about connected clients. Start reading at {@link io.orbitmq.protocol.body.client.HeartbeatBody}. Immutable
 * values; any thread. Source: protocol/07 section 1, protocol/11 section 3.4.
 */
package io.orbitmq.protocol.body.client;
