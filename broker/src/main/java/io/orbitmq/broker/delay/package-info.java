/**
 * Messages that are delivered later: the 18 delay levels and arbitrary times (protocol/06 sections 1 to 3). A delayed
 * message is an ordinary record in an internal topic; when its time comes it is appended to its real topic, and the new
 * record names the position of the old one, which is thereby settled. The log is the only truth: what is settled is
 * known after any crash, so each message is delivered exactly once. Start reading at {@code DelayedSends} (what becomes
 * of a send) and {@code DelayMachine} (delivery).
 *
 * <p>Threads: sends on any thread; delivery on the delay scheduler's one thread, which sleeps until the next message is
 * due.
 */
package io.orbitmq.broker.delay;
