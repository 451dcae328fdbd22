/**
 * The log's bytes: files of equal size, room ahead of the end, and a window of memory over the newest bytes. Start
 * reading at {@link io.orbitmq.store.segment.SegmentedLog} (the files), then {@link io.orbitmq.store.segment.LogTail}
 * (where records are placed) and {@link io.orbitmq.store.segment.LogWriter} (memory to file). Knows positions and bytes,
 * no queues.
 *
 * <p>Threads: the tail belongs to whoever holds the store's append lock; the writer has a lock of its own; reads need
 * none. File naming and the blank record are RocketMQ's (protocol/05 section 2), so its stores open in place.
 */
package io.orbitmq.store.segment;
