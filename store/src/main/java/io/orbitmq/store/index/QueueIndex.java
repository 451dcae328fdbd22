package io.orbitmq.store.index;

import io.orbitmq.foundation.file.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the messages of every queue are in the log. Derived from the log, never trusted over it: what is missing or
 * damaged is added again from the log's records.
 *
 * <p>Life in the store: {@link #open} with the log's bounds; dispatch every record from {@link #indexedEnd} on with
 * {@link #add} and {@link #publish}; then per append {@code add}, and {@code publish} when it may be seen; {@link #seal}
 * when {@link #wantsSeal} or a checkpoint is due, and {@link #writeSealed} off the append path once the log is durable up
 * to the sealed position; {@link #merge} now and then; {@link #trim} when segments were removed.
 *
 * <p>Threads: {@link #add}, {@link #restoreEnd}, {@link #seal} and {@link #forget} are called under the store's append
 * lock; {@link #writeSealed} and {@link #trim} wait for each other and for the disk, so they belong on a background
 * thread, and {@link #merge} on another; the rest may be called by any thread and waits for nobody.
 */
public final class QueueIndex implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QueueIndex.class);

    /** Of run files, for readers of old messages; allocated as it is used. */
    private static final long PAGE_CACHE_BYTES = 4L << 20;
    /** How many full memtables one index may keep: the one being filled, and others while they are written. */
    static final int MOST_MEMTABLES = 4;

    private final QueueRegistry registry;
    private final IndexDirectory directory;
    private final QueueFiles files;
    private final Object viewLock = new Object();
    private final Object filesLock = new Object();
    private final RunMerger<QueueRun> merger;
    private final SpareMemory<QueueMemtable> spare = new SpareMemory<>();
    private final PageCache pages = new PageCache(PAGE_CACHE_BYTES);
    private final long memtableLimitBytes;
    private final long recoveredEnd;
    private volatile IndexView view;
    private volatile long indexedEnd;
    private volatile long sealedEnd;
    private volatile boolean closed;
    private long lastAddedPosition = -1;
    private int generation = 1;

    private QueueIndex(IndexDirectory directory, long logMin, long logEnd, long memtableLimitBytes) throws IOException {
        this.registry = new QueueRegistry();
        this.directory = directory;
        this.memtableLimitBytes = memtableLimitBytes;
        this.files = QueueFiles.open(directory, registry, () -> view);
        this.merger = new RunMerger<>(directory, filesLock, files, this::replaceRuns);
        this.view = IndexView.of(new QueueMemtable(generation, 0), List.of());
        files.lowerTrimmed(logMin);
        try {
            files.cutAt(logEnd);
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
        this.recoveredEnd = Math.max(files.indexedEnd(), logMin);
        this.indexedEnd = recoveredEnd;
        this.sealedEnd = recoveredEnd;
        this.view = IndexView.of(new QueueMemtable(generation, recoveredEnd), files.runsOldestFirst());
    }

    /**
     * Opens what is on disk as far as it is sound; when it is not, begins from nothing, see {@link #damage}.
     *
     * @param directory the index's own directory, created when missing
     * @param logMinPosition first byte of the log
     * @param logEndPosition end of the log's valid records; what the index knows beyond is dropped
     * @param memtableLimitBytes how much memory additions may take before {@link #wantsSeal}; up to three times as much
     *     is used while sealed entries are written, more while they cannot be, see {@link #isOverfull}
     */
    public static QueueIndex open(
            Disk disk, Path directory, long logMinPosition, long logEndPosition, long memtableLimitBytes)
            throws IOException {
        QueueIndex index = IndexDirectory.openSound(
                disk, directory, place -> new QueueIndex(place, logMinPosition, logEndPosition, memtableLimitBytes));
        index.trim(logMinPosition);
        return index;
    }

    /** Everything in the log before this is in the index's files: what recovery need not dispatch. */
    public long indexedEnd() {
        return indexedEnd;
    }

    /** Empty, or the sentence that says why the index was, or at the next opening will be, built anew from the log. */
    public String damage() {
        return directory.damage();
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
        if (queueOffset != queue.nextOffset() && !adjust(queue, queueOffset, position)) {
            return;
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
     * queue is further already, or when the index knows the log up to {@code position} already.
     *
     * @param position log position of the record that says so
     */
    public void restoreEnd(IndexedQueue queue, long nextOffset, long position) {
        if (position >= recoveredEnd && nextOffset > queue.nextOffset() && !queue.isForgotten()) {
            if (queue.minOffset() == queue.nextOffset()) {
                queue.setMinOffset(nextOffset);
            }
            queue.setNextOffset(nextOffset);
            publish(queue, nextOffset);
            files.registryJournal().raised(queue);
        }
    }

    /** The visible entries from {@code fromOffset} on; the cursor may read from the disk. To be closed. */
    public EntryCursor entries(IndexedQueue queue, long fromOffset) {
        return new EntryCursor(this, queue, fromOffset, false);
    }

    /** As {@link #entries}, but stops with {@link EntryCursor#needsDisk} instead of touching the disk. */
    public EntryCursor entriesInMemory(IndexedQueue queue, long fromOffset) {
        return new EntryCursor(this, queue, fromOffset, true);
    }

    /** True when the additions take as much memory as they may: time to {@link #seal}. */
    public boolean wantsSeal() {
        return view.active().sizeBytes() >= memtableLimitBytes;
    }

    /** Whether sealed additions wait to be written. */
    public boolean hasUnwritten() {
        return !view.unwritten().isEmpty();
    }

    /** True when so much waits to be written that memory allows no more. */
    public boolean isOverfull() {
        IndexView current = view;
        long bytes = current.active().sizeBytes()
                + current.unwritten().stream()
                        .mapToLong(QueueMemtable::sizeBytes)
                        .sum();
        return current.unwritten().size() >= MOST_MEMTABLES - 1 && bytes >= MOST_MEMTABLES * memtableLimitBytes;
    }

    /** Where the newest sealed memtable ended: what lies behind is in no file and waits for none. */
    public long sealedEnd() {
        return sealedEnd;
    }

    /**
     * Ends the memtable at the log position {@code endPosition} and begins a new one. Ignored while recovery, for another
     * index's sake, dispatches what is indexed already. Quick.
     */
    public void seal(long endPosition) {
        if (endPosition < recoveredEnd) {
            return;
        }
        synchronized (viewLock) {
            view.active().freeze(endPosition);
            view = view.sealed(newMemtable(endPosition));
            sealedEnd = endPosition;
        }
    }

    /**
     * Writes what was sealed to run files; afterwards {@link #indexedEnd} has moved. The log must be durable up to the
     * sealed position. After a failure the entries stay readable and the next call tries again.
     */
    public void writeSealed() throws IOException {
        synchronized (filesLock) {
            List<QueueMemtable> tables;
            long end;
            synchronized (viewLock) {
                tables = view.unwritten();
                end = sealedEnd;
            }
            for (QueueMemtable table : tables) {
                Optional<QueueRun> run = files.write(table);
                List<QueueMemtable> gone;
                synchronized (viewLock) {
                    gone = view.written();
                    view = view.written(run);
                }
                gone.forEach(spare::offer);
                indexedEnd = table.endPosition();
            }
            if (end > indexedEnd) {
                files.recordEnd(end);
                indexedEnd = end;
            }
            files.tidyJournal();
        }
    }

    /**
     * Merges some runs into one if that is due. Takes long, and may run beside all other methods on a thread of its own.
     *
     * @return whether it did; call again then
     */
    public boolean merge() throws IOException {
        return merger.merge();
    }

    /** Removes what lies before {@code minPosition} of the log and moves the queues' min offsets. */
    public void trim(long minPosition) throws IOException {
        synchronized (filesLock) {
            if (minPosition <= files.trimmed() || minPosition == 0) {
                return;
            }
            JournalBatch bounds = new JournalBatch();
            try {
                new QueueTrimmer(registry, minPosition).trim(() -> view, bounds);
            } catch (DamagedIndexException e) {
                markDamaged(e);
                throw e;
            }
            replaceRuns(files.trim(minPosition, bounds));
            files.tidyJournal();
        }
    }

    /**
     * Forgets the topic's queues; their handles become useless. Ignored when the index knows the log up to {@code
     * position} already.
     *
     * @param position log position of the record that says so
     */
    public void forget(String topic, long position) {
        if (position < recoveredEnd) {
            return;
        }
        registry.topic(topic).ifPresent(gone -> {
            registry.forget(gone);
            files.registryJournal().forgotten(gone, position);
        });
    }

    /** Visits every queue, those created meanwhile perhaps. */
    public void forEach(Consumer<IndexedQueue> action) {
        registry.forEach(action);
    }

    public int queueCount() {
        return registry.queueCount();
    }

    /** How many run files there are, for operators. */
    public int runCount() {
        return view.runs().size();
    }

    /** Releases the files; what was not written is dispatched again at the next opening. */
    @Override
    public void close() throws IOException {
        closed = true;
        synchronized (filesLock) {
            files.close();
        }
    }

    boolean isClosed() {
        return closed;
    }

    PageCache pages() {
        return pages;
    }

    SpareMemory<QueueMemtable> spare() {
        return spare;
    }

    IndexView view() {
        return view;
    }

    void markDamaged(DamagedIndexException cause) {
        directory.markDamaged(cause.getMessage());
    }

    /** Prepares the queue for an offset that does not follow the last one; false when the record is known already. */
    private boolean adjust(IndexedQueue queue, long queueOffset, long position) {
        long next = queue.nextOffset();
        if (queueOffset < next) {
            if (position <= lastAddedPosition) {
                return false;
            }
            LOG.warn("event=queue-began-anew queue={} offset={} before={} at={}", queue, queueOffset, next, position);
            registry.renumber(queue);
            queue.setNextOffset(queueOffset);
            queue.setMinOffset(queueOffset);
            queue.setVisibleEnd(queueOffset);
        } else if (queue.minOffset() == next) {
            queue.setMinOffset(queueOffset);
        }
        return true;
    }

    private QueueMemtable newMemtable(long startPosition) {
        generation++;
        return spare.take()
                .map(gone -> gone.successor(generation, startPosition))
                .orElseGet(() -> new QueueMemtable(generation, startPosition));
    }

    private boolean replaceRuns(List<QueueRun> gone) {
        if (gone.isEmpty()) {
            return false;
        }
        synchronized (viewLock) {
            view = view.withRuns(files.runsOldestFirst());
        }
        gone.forEach(run -> run.retire(true));
        return true;
    }
}
