/**
 * How late delayed messages come while other messages are sent. Start reading at {@link
 * io.orbitmq.benchmarks.delay.DelayCommand}, which starts a server and prints the figures; {@code DelayRun} paces the sends
 * on its own thread, {@code Lateness} counts on the event loop of the receiving client.
 */
package io.orbitmq.benchmarks.delay;
