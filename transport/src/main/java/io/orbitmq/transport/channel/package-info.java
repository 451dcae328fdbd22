/**
 * What server and client share: one connection over Netty. Start reading at
 * {@link io.orbitmq.transport.channel.ConnectionAssembly}, then {@code ConnectionHandler}: bytes arrive there,
 * {@code FrameReader} cuts frames, a few ahead, {@code Dispatcher} runs handlers, {@code Outbound} collects answers, {@code Loop}
 * ends the turn with one flush per connection. All state of a connection belongs to its event loop; other threads hand
 * over through {@code Loop.submit}. Other modules use {@code transport.server} and {@code transport.client} instead.
 */
package io.orbitmq.transport.channel;
