/**
 * The demonstration behind {@code orbitmq demo}: sends messages to eight queues and consumes them at the same time,
 * checks that each arrives exactly once, and prints rates. Start reading at {@link io.orbitmq.server.demo.Demo}. It
 * speaks the wire protocol like any client, over connections of its own. The calling thread draws the progress; {@code
 * Producer} and {@code Consumer} each run on the event loop of their connection.
 */
package io.orbitmq.server.demo;
