/**
 * Connections: frames in and out over Netty, request and response matching, one-way calls, dispatch by request code,
 * back-pressure by bytes. This package is the vocabulary; start reading at {@link io.orbitmq.transport.RequestHandler}
 * and {@link io.orbitmq.transport.HandlerTable}. {@code server} listens, {@code client} connects. Source: protocol/01.
 */
package io.orbitmq.transport;
