package io.orbitmq.store.index;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The newest keys, in memory: entries chained per bucket, newest first.
 *
 * <pre>
 * entry: hash (2), position (2), store time in seconds, older entry of the bucket
 * </pre>
 *
 * <p>Threads: one writer (under the append lock) until {@link #freeze}; any number of readers.
 */
final class KeyMemtable {

    private static final int HASH = 0;
    private static final int POSITION = 2;
    private static final int SECONDS = 4;
    private static final int OLDER = 5;
    private static final int ENTRY_INTS = 6;
    private static final int BUCKETS = 1 << 16;
    private static final int ORDINAL_BITS = Long.SIZE - 1 - KeyHash.ORDER_BITS;
    private static final int MAX_ENTRIES = 1 << ORDINAL_BITS;
    private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);

    private final Arena arena = new Arena();
    private final long startPosition;
    private int[] newest = new int[0];
    private volatile long endPosition;
    private volatile int entryCount;

    KeyMemtable(long startPosition) {
        this.startPosition = startPosition;
        this.endPosition = startPosition;
    }

    long startPosition() {
        return startPosition;
    }

    long endPosition() {
        return endPosition;
    }

    int entryCount() {
        return entryCount;
    }

    long sizeBytes() {
        return arena.sizeBytes() + (long) newest.length * Integer.BYTES;
    }

    /** Time for a new memtable, whatever memory is left. */
    boolean isNearlyFull() {
        return entryCount > MAX_ENTRIES / 2;
    }

    void freeze(long logPosition) {
        endPosition = logPosition;
    }

    void add(long hash, long position, int seconds) {
        if (newest.length == 0) {
            newest = new int[BUCKETS];
        }
        int entry = arena.allocate(ENTRY_INTS);
        int bucket = bucket(hash);
        arena.setLong(entry + HASH, hash);
        arena.setLong(entry + POSITION, position);
        arena.set(entry + SECONDS, seconds);
        arena.set(entry + OLDER, newest[bucket]);
        INTS.setRelease(newest, bucket, entry);
        entryCount = entryCount + 1;
    }

    /** Gives the entries with this hash to {@code sink}, newest first, until it has enough. */
    boolean find(long hash, KeyEntrySink sink) throws IOException {
        if (entryCount == 0) {
            return true;
        }
        int entry = (int) INTS.getAcquire(newest, bucket(hash));
        while (entry != 0) {
            if (arena.getLong(entry + HASH) == hash
                    && !sink.accept(arena.getLong(entry + POSITION), arena.get(entry + SECONDS))) {
                return false;
            }
            entry = arena.get(entry + OLDER);
        }
        return true;
    }

    /** Writes all entries in the order of key runs; only when frozen. */
    void writeTo(KeyRunWriter target) throws IOException {
        int count = entryCount;
        long[] order = new long[count];
        for (int i = 0; i < count; i++) {
            order[i] = KeyHash.order(arena.getLong(address(i) + HASH)) << ORDINAL_BITS | i;
        }
        Arrays.sort(order);
        for (long each : order) {
            int entry = address((int) each & MAX_ENTRIES - 1);
            target.add(arena.getLong(entry + HASH), arena.getLong(entry + POSITION), arena.get(entry + SECONDS));
        }
    }

    /** Address of the entry added as number {@code ordinal}: the arena holds nothing else. */
    private static int address(int ordinal) {
        return Arena.addressOf(ordinal, ENTRY_INTS);
    }

    private static int bucket(long hash) {
        return (int) hash & BUCKETS - 1;
    }
}
