/**
 * Bodies about queues: locks, offsets, statistics. Start reading at {@link
 * io.orbitmq.protocol.body.queue.MessageQueueKey}, which is the key of most of their maps. Immutable values; any thread.
 * Source: protocol/07, protocol/11 section 3.4.
 */
package io.orbitmq.protocol.body.queue;
