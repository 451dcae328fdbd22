/**
 * Requests that wait for messages to pop. Start reading at {@link io.orbitmq.broker.pop.hold.HeldPops}: held by topic, group
 * and queue id as asked, woken one at a time per group and key by a message, or by their deadline (protocol/08 section
 * 2.7). Any thread; what was woken runs on its connection's event loop.
 */
package io.orbitmq.broker.pop.hold;
