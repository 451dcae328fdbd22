package io.orbitmq.store.index;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.store.KeyQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds messages by unique key and keys; what a query costs does not depend on how long the log is. Derived from the log
 * like {@link QueueIndex}, with the same life and the same threads: {@link #add} and {@link #seal} under the append lock,
 * {@link #writeSealed} and {@link #trim} on the background thread, {@link #merge} there or on another, {@link #find} on
 * any. Source: protocol/05 section 4.
 */
public final class KeyIndex implements AutoCloseable {

    private static final long MS_PER_SECOND = 1000;

    private final IndexDirectory directory;
    private final KeyFiles files;
    private final Object viewLock = new Object();
    private final Object filesLock = new Object();
    private final RunMerger<KeyRun> merger;
    private final SpareMemory<KeyMemtable> spare = new SpareMemory<>();
    private final long memtableLimitBytes;
    private final long recoveredEnd;
    private volatile View view;
    private volatile long indexedEnd;
    private volatile long minPosition;
    private long sealedEnd;
    private volatile boolean closed;

    private KeyIndex(IndexDirectory directory, long logMin, long logEnd, long memtableLimitBytes) throws IOException {
        this.directory = directory;
        this.memtableLimitBytes = memtableLimitBytes;
        this.files = KeyFiles.open(directory);
        this.merger = new RunMerger<>(directory, filesLock, files, this::replaceRuns);
        try {
            files.cutAt(logEnd);
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
        this.recoveredEnd = Math.max(files.indexedEnd(), logMin);
        this.indexedEnd = recoveredEnd;
        this.sealedEnd = recoveredEnd;
        this.minPosition = logMin;
        this.view = new View(List.of(new KeyMemtable(recoveredEnd)), files.runsOldestFirst());
    }

    /**
     * @param memtablesNewestFirst the first takes additions, the others are sealed and in no run yet
     * @param runsOldestFirst the files
     */
    private record View(List<KeyMemtable> memtablesNewestFirst, List<KeyRun> runsOldestFirst) {

        KeyMemtable active() {
            return memtablesNewestFirst.get(0);
        }
    }

    /** Takes candidates of a search. */
    public interface PositionVisitor {

        /** The record at {@code position} may have the key; false when no further candidate is wanted. */
        boolean visit(long position) throws IOException;
    }

    /** Opens what is on disk as far as it is sound; parameters as in {@link QueueIndex#open}. */
    public static KeyIndex open(
            Disk disk, Path directory, long logMinPosition, long logEndPosition, long memtableLimitBytes)
            throws IOException {
        KeyIndex index = IndexDirectory.openSound(
                disk, directory, place -> new KeyIndex(place, logMinPosition, logEndPosition, memtableLimitBytes));
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

    /**
     * Adds the unique key and each part of the keys of a record, in log order; records indexed already are ignored.
     *
     * @param queue a queue of the record's topic
     * @param properties of the record; its keys are walked over
     * @param storeTimestamp epoch milliseconds
     */
    public void add(IndexedQueue queue, IndexedProperties properties, long position, long storeTimestamp) {
        if (position < recoveredEnd) {
            return;
        }
        KeyMemtable table = view.active();
        int seconds = (int) (storeTimestamp / MS_PER_SECOND);
        while (properties.nextKey()) {
            table.add(properties.keyHash(queue), position, seconds);
        }
    }

    /**
     * Visits the log positions of records that may have the key, newest first; nearly all of them do. Their store time is
     * inside the query's range to the second.
     */
    public void find(KeyQuery query, PositionVisitor visitor) throws IOException {
        KeySearch search = new KeySearch(query, minPosition, visitor);
        spare.enter();
        try {
            find(search);
        } finally {
            spare.leave();
        }
    }

    private void find(KeySearch search) throws IOException {
        while (true) {
            View current = view;
            try {
                search.run(current.memtablesNewestFirst(), current.runsOldestFirst());
                return;
            } catch (RetiredRunException replaced) {
                if (closed) {
                    throw new IOException("the store was closed during the search for a key", replaced);
                }
            } catch (DamagedIndexException e) {
                directory.markDamaged(e.getMessage());
                throw e;
            }
        }
    }

    /** True when the additions take as much memory as they may: time to {@link #seal}. */
    public boolean wantsSeal() {
        KeyMemtable active = view.active();
        return active.sizeBytes() >= memtableLimitBytes || active.isNearlyFull();
    }

    /** Ends the memtable at the log position {@code endPosition} and begins a new one, see {@link QueueIndex#seal}. Quick. */
    public void seal(long endPosition) {
        if (endPosition < recoveredEnd) {
            return;
        }
        synchronized (viewLock) {
            List<KeyMemtable> tables = new ArrayList<>(view.memtablesNewestFirst());
            tables.get(0).freeze(endPosition);
            if (tables.get(0).entryCount() == 0) {
                tables.remove(0);
            }
            tables.add(
                    0,
                    spare.take()
                            .map(gone -> gone.successor(endPosition))
                            .orElseGet(() -> new KeyMemtable(endPosition)));
            view = new View(List.copyOf(tables), view.runsOldestFirst());
            sealedEnd = endPosition;
        }
    }

    /** Writes what was sealed to run files. The log must be durable up to the sealed position. */
    public void writeSealed() throws IOException {
        synchronized (filesLock) {
            List<KeyMemtable> tables;
            long end;
            synchronized (viewLock) {
                tables = view.memtablesNewestFirst();
                end = sealedEnd;
            }
            for (int i = tables.size() - 1; i > 0; i--) {
                files.write(tables.get(i));
                indexedEnd = tables.get(i).endPosition();
                synchronized (viewLock) {
                    List<KeyMemtable> left = view.memtablesNewestFirst();
                    view = new View(left.subList(0, left.size() - 1), files.runsOldestFirst());
                }
                spare.offer(tables.get(i));
            }
            if (end > indexedEnd) {
                files.recordEnd(end);
                indexedEnd = end;
            }
        }
    }

    /** Merges some runs into one if that is due, see {@link QueueIndex#merge}. */
    public boolean merge() throws IOException {
        return merger.merge();
    }

    /** Drops what lies before {@code position} of the log. */
    public void trim(long position) throws IOException {
        synchronized (filesLock) {
            minPosition = Math.max(minPosition, position);
            if (position > files.trimmed() && position > 0) {
                replaceRuns(files.trim(position));
            }
        }
    }

    /** Whether sealed additions wait to be written. */
    public boolean hasUnwritten() {
        return view.memtablesNewestFirst().size() > 1;
    }

    /** True when so much waits to be written that memory allows no more. */
    public boolean isOverfull() {
        List<KeyMemtable> tables = view.memtablesNewestFirst();
        long bytes = tables.stream().mapToLong(KeyMemtable::sizeBytes).sum();
        return tables.size() >= QueueIndex.MOST_MEMTABLES && bytes >= QueueIndex.MOST_MEMTABLES * memtableLimitBytes;
    }

    /** How many run files there are, for operators. */
    public int runCount() {
        return view.runsOldestFirst().size();
    }

    /** Releases the files; what was not written is dispatched again at the next opening. */
    @Override
    public void close() throws IOException {
        closed = true;
        synchronized (filesLock) {
            files.close();
        }
    }

    private boolean replaceRuns(List<KeyRun> gone) {
        if (gone.isEmpty()) {
            return false;
        }
        synchronized (viewLock) {
            view = new View(view.memtablesNewestFirst(), files.runsOldestFirst());
        }
        gone.forEach(run -> run.retire(true));
        return true;
    }
}
