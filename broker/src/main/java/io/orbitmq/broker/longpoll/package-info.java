/**
 * Requests that wait for messages: held per queue, woken by the arrival of a message that passes their filter, by time,
 * or by an operator's change. Start reading at {@link io.orbitmq.broker.longpoll.HeldRequests}. Arrivals come on the
 * thread that made the message visible and only look at that queue's waiters; time comes on the scheduler's thread;
 * a woken request runs on its connection's event loop. Source: protocol/07 section 5.7.
 */
package io.orbitmq.broker.longpoll;
