package io.orbitmq.store.index;

import io.orbitmq.foundation.file.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where the messages of every queue are in the log. Derived from the log, never trusted over it: what is missing or
 * damaged is added again from the log's records.
 *
 * <p>Threads: {@link #add}, {@link #seal} and {@link #forget} are called under the store's append lock; {@link
 * #writeSealed}, {@link #merge} and {@link #trim} on one background thread; the rest by any thread.
 *
 * <p>Life in the store: {@link #open} with the log's bounds; dispatch every record from {@link #indexedEnd} on with
 * {@link #add} and {@link #publish}; then per append {@code add}, and {@code publish} when it may be seen; {@link #seal}
 * when {@link #wantsSeal} or a checkpoint is due, and {@link #writeSealed} off the append path once the log is durable up
 * to the sealed position.
 */
public final class QueueIndex implements AutoCloseable {

    private final QueueRegistry registry = new QueueRegistry();
    private final Object viewLock = new Object();
    private final long memtableLimitBytes;
    private final long recoveredEnd;
    private volatile IndexView view;
    private volatile long indexedEnd;
    private long lastAddedPosition = -1;
    private int generation = 1;

    private QueueIndex(long indexedEnd, long memtableLimitBytes) {
        this.indexedEnd = indexedEnd;
        this.recoveredEnd = indexedEnd;
        this.memtableLimitBytes = memtableLimitBytes;
        this.view = new IndexView(new QueueMemtable(generation, indexedEnd), List.of());
    }

    /**
     * Opens what is on disk as far as it is sound.
     *
     * @param directory the index's own directory, created when missing
     * @param logMinPosition first byte of the log
     * @param logEndPosition end of the log's valid records; what the index knows beyond is dropped
     * @param memtableLimitBytes how much memory additions may take before {@link #wantsSeal}
     */
    public static QueueIndex open(
            Disk disk, Path directory, long logMinPosition, long logEndPosition, long memtableLimitBytes)
            throws IOException {
        disk.createDirectories(directory);
        return new QueueIndex(logMinPosition, memtableLimitBytes);
    }

    /** Everything in the log before this is in the index's files; recovery dispatches from here. */
    public long indexedEnd() {
        return indexedEnd;
    }

    /** The queue's handle, created in O(1). */
    public IndexedQueue queue(String topic, int queueId) {
        return registry.queue(topic, queueId);
    }

    public Optional<IndexedQueue> find(String topic, int queueId) {
        return registry.find(topic, queueId);
    }

    /**
     * Adds an entry, in log order. Records that are indexed already are ignored, so the log may be dispatched again. An
     * inner batch of n messages is n additions of consecutive offsets with the same position. Additions to a forgotten
     * queue are dropped. An offset that went back at a later position means that the queue was created anew.
     */
    public void add(IndexedQueue queue, long queueOffset, long position, int sizeBytes, long tagsCode) {
        if (position < recoveredEnd || queue.isForgotten()) {
            return;
        }
        long next = queue.nextOffset();
        if (queueOffset != next) {
            if (queueOffset < next) {
                if (position <= lastAddedPosition) {
                    return;
                }
                registry.renumber(queue);
                queue.setMinOffset(queueOffset);
                queue.setVisibleEnd(queueOffset);
            } else if (queue.minOffset() == next) {
                queue.setMinOffset(queueOffset);
            }
        }
        lastAddedPosition = position;
        view.active().add(queue, queueOffset, position, sizeBytes, tagsCode);
        queue.setNextOffset(queueOffset + 1);
    }

    /** Lets readers see the entries before {@code visibleEndOffset}; never goes back. */
    public void publish(IndexedQueue queue, long visibleEndOffset) {
        if (visibleEndOffset > queue.maxOffset()) {
            queue.setVisibleEnd(visibleEndOffset);
        }
    }

    /**
     * Says where an empty queue goes on, when no record in the log tells: its messages all expired. Ignored when the
     * queue is further already. Under the append lock, in log order.
     */
    public void restoreEnd(IndexedQueue queue, long nextOffset) {
        if (nextOffset > queue.nextOffset()) {
            if (queue.minOffset() == queue.nextOffset()) {
                queue.setMinOffset(nextOffset);
            }
            queue.setNextOffset(nextOffset);
            publish(queue, nextOffset);
        }
    }

    /** The visible entries from {@code fromOffset} on; the cursor may read from the disk. */
    public EntryCursor entries(IndexedQueue queue, long fromOffset) {
        return new EntryCursor(this, queue, fromOffset, false);
    }

    /** As {@link #entries}, but stops with {@link EntryCursor#needsDisk} instead of touching the disk. */
    public EntryCursor entriesInMemory(IndexedQueue queue, long fromOffset) {
        return new EntryCursor(this, queue, fromOffset, true);
    }

    /** True when the additions take more memory than they should: time to {@link #seal}. */
    public boolean wantsSeal() {
        return view.active().sizeBytes() >= memtableLimitBytes;
    }

    /** Ends the memtable at the log position {@code endPosition} and begins a new one. Quick; under the append lock. */
    public void seal(long endPosition) {
        synchronized (viewLock) {
            view.active().freeze(endPosition);
            view = view.sealed(new QueueMemtable(++generation, endPosition));
        }
    }

    /**
     * Writes what was sealed to run files; afterwards {@link #indexedEnd} has moved. The log must be durable up to the
     * sealed position.
     */
    public void writeSealed() throws IOException {
        // the sealed entries stay in memory until run files exist; a restart dispatches the log again
    }

    /** Removes what lies before {@code minPosition} of the log and moves the queues' min offsets. */
    public void trim(long minPosition) throws IOException {
        IndexView current = view;
        for (QueueMemtable table : current.frozenOldestFirst()) {
            MemtableTrimmer.trim(table, registry, minPosition);
        }
        MemtableTrimmer.trim(current.active(), registry, minPosition);
    }

    /** Forgets the topic's queues; their handles become useless. Under the append lock. */
    public void forget(String topic) {
        registry.forget(topic, queue -> {});
    }

    /** Visits every queue. */
    public void forEach(Consumer<IndexedQueue> action) {
        registry.forEach(action);
    }

    public int queueCount() {
        return registry.queueCount();
    }

    @Override
    public void close() throws IOException {
        // nothing is open yet
    }

    IndexView view() {
        return view;
    }
}
