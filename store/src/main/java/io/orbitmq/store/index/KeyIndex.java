package io.orbitmq.store.index;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.store.KeyQuery;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Finds messages by unique key and keys. Derived from the log like {@link QueueIndex}, with the same life: {@link #open},
 * dispatch from {@link #indexedEnd}, {@link #seal} under the append lock, {@link #writeSealed} and {@link #trim} on the
 * background thread. Source: protocol/05 section 4.
 */
public final class KeyIndex implements AutoCloseable {

    private static final long MS_PER_SECOND = 1000;

    private final KeyScanner scanner = new KeyScanner();
    private final long memtableLimitBytes;
    private final long recoveredEnd;
    private volatile List<KeyMemtable> newestFirst;
    private volatile long indexedEnd;

    private KeyIndex(long indexedEnd, long memtableLimitBytes) {
        this.indexedEnd = indexedEnd;
        this.recoveredEnd = indexedEnd;
        this.memtableLimitBytes = memtableLimitBytes;
        this.newestFirst = List.of(new KeyMemtable(indexedEnd));
    }

    /** Opens what is on disk as far as it is sound; parameters as in {@link QueueIndex#open}. */
    public static KeyIndex open(
            Disk disk, Path directory, long logMinPosition, long logEndPosition, long memtableLimitBytes)
            throws IOException {
        disk.createDirectories(directory);
        return new KeyIndex(logMinPosition, memtableLimitBytes);
    }

    /** Everything in the log before this is in the index's files; recovery dispatches from here. */
    public long indexedEnd() {
        return indexedEnd;
    }

    /**
     * Adds the unique key and each part of the keys of a record. Under the append lock, in log order; records indexed
     * already are ignored.
     *
     * @param queue a queue of the record's topic
     * @param record big-endian; its property bytes are at {@code [propertiesAt, propertiesAt + propertiesLength)}
     * @param storeTimestamp epoch milliseconds
     */
    public void add(
            IndexedQueue queue,
            ByteBuffer record,
            int propertiesAt,
            int propertiesLength,
            long position,
            long storeTimestamp) {
        if (position < recoveredEnd) {
            return;
        }
        scanner.scan(record, propertiesAt, propertiesLength);
        while (scanner.next()) {
            newestFirst.get(0).add(scanner.hash(queue.indexedTopic().keySeed()), position, (int)
                    (storeTimestamp / MS_PER_SECOND));
        }
    }

    /** Log positions where the key may be found in the time range, newest first; the record decides. */
    public LongStream positions(KeyQuery query) throws IOException {
        byte[] key = query.key().getBytes(StandardCharsets.UTF_8);
        long seed = KeyHash.seed(query.topic().getBytes(StandardCharsets.UTF_8));
        long hash = KeyHash.hash(seed, ByteBuffer.wrap(key), 0, key.length);
        LongStream.Builder found = LongStream.builder();
        for (KeyMemtable table : newestFirst) {
            table.find(hash, (position, seconds) -> {
                found.add(position);
                return true;
            });
        }
        return found.build();
    }

    /** True when the additions take more memory than they should: time to {@link #seal}. */
    public boolean wantsSeal() {
        return newestFirst.get(0).sizeBytes() >= memtableLimitBytes;
    }

    /** Ends the memtable at the log position {@code endPosition} and begins a new one. Quick; under the append lock. */
    public synchronized void seal(long endPosition) {
        List<KeyMemtable> all = new ArrayList<>(newestFirst);
        all.get(0).freeze(endPosition);
        all.add(0, new KeyMemtable(endPosition));
        newestFirst = List.copyOf(all);
    }

    /** Writes what was sealed to run files. The log must be durable up to the sealed position. */
    public void writeSealed() throws IOException {
        // the sealed keys stay in memory until run files exist; a restart dispatches the log again
    }

    /** Drops what lies before {@code minPosition} of the log. */
    public void trim(long minPosition) throws IOException {
        synchronized (this) {
            newestFirst = newestFirst.stream()
                    .filter(table -> table == newestFirst.get(0) || table.endPosition() > minPosition)
                    .toList();
        }
    }

    @Override
    public void close() throws IOException {
        // nothing is open yet
    }
}
