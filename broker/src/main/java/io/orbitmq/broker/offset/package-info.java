/**
 * How far each consumer group has come. Start reading at {@link io.orbitmq.broker.offset.ConsumerOffsets}, the front
 * door; {@link io.orbitmq.broker.offset.OffsetTable} is the state it keeps in the log. Offsets told in passing (pulls,
 * one-way updates) stay in memory for half a second and become one record together; an offset told by a request that
 * waits for an answer is a record of its own. Any thread; each (group, topic) row is guarded by its own monitor.
 */
package io.orbitmq.broker.offset;
