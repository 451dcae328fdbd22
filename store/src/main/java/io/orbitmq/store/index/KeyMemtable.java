package io.orbitmq.store.index;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The newest keys, in memory and unsorted: an addition is written behind the last one of its partition, the 256th part of
 * all hashes. A search walks one partition, from the newest entry back; a run is written partition by partition, each
 * small enough to be sorted in the processor's cache.
 *
 * <pre>
 * chunk: last entry of the chunk before, 0 for none | 127 entries, see {@link KeyEntry}
 * </pre>
 *
 * <p>Threads: one writer (under the append lock) until {@link #freeze}; any number of readers.
 */
final class KeyMemtable {

    private static final int CHUNK_LONGS = 256;
    private static final int LAST_IN_CHUNK = CHUNK_LONGS - 1 - KeyEntry.LONGS;
    private static final int SLAB_BITS = 15;
    private static final int SLAB_LONGS = 1 << SLAB_BITS;
    private static final int SLAB_MASK = SLAB_LONGS - 1;

    private static final int PARTITION_BITS = 8;
    private static final int ORDINAL_BITS = 24;
    private static final int MAX_ENTRIES = 1 << ORDINAL_BITS;
    private static final int SORTED_BITS = KeyHash.ORDER_BITS - PARTITION_BITS;
    private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);

    private final long startPosition;
    /** Address of each partition's newest entry; 0 for none, as a chunk's first place holds no entry. */
    private final int[] newest = new int[1 << PARTITION_BITS];

    private long[][] slabs;
    private int slabCount;
    private int nextChunk;
    private volatile long endPosition;
    private int entryCount;

    KeyMemtable(long startPosition) {
        this(startPosition, new long[8][]);
    }

    private KeyMemtable(long startPosition, long[][] slabs) {
        this.startPosition = startPosition;
        this.endPosition = startPosition;
        this.slabs = slabs;
    }

    /** A new one in the memory of this one, which nobody uses any more. */
    KeyMemtable successor(long start) {
        return new KeyMemtable(start, SlabTables.first(slabCount, slabs));
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
        return (long) slabCount * SLAB_LONGS * Long.BYTES;
    }

    /** Time for a new memtable, whatever memory is left. */
    boolean isNearlyFull() {
        return entryCount > MAX_ENTRIES / 2;
    }

    void freeze(long logPosition) {
        endPosition = logPosition;
    }

    void add(long hash, long position, int seconds) {
        int partition = partition(hash);
        int last = newest[partition];
        boolean full = last == 0 || (last & CHUNK_LONGS - 1) == LAST_IN_CHUNK;
        int entry = full ? beginChunk(last) : last + KeyEntry.LONGS;
        long[] slab = slabs[entry >>> SLAB_BITS];
        int at = entry & SLAB_MASK;
        slab[at] = KeyEntry.first(hash, position);
        slab[at + 1] = KeyEntry.second(position, seconds);
        entryCount++;
        INTS.setRelease(newest, partition, entry);
    }

    /** Gives the entries with this hash to {@code sink}, newest first, until it has enough. */
    boolean find(long hash, KeyEntrySink sink) throws IOException {
        int entry = (int) INTS.getAcquire(newest, partition(hash));
        while (entry != 0) {
            long first = get(entry);
            if (KeyEntry.hasHash(first, hash)) {
                long second = get(entry + 1);
                if (!sink.accept(KeyEntry.position(first, second), KeyEntry.seconds(second))) {
                    return false;
                }
            }
            entry = older(entry);
        }
        return true;
    }

    /** Writes all entries in the order of key runs; only when frozen. */
    void writeTo(KeyRunWriter target) throws IOException {
        int[] addresses = new int[CHUNK_LONGS];
        long[] order = new long[CHUNK_LONGS];
        RadixSort sort = new RadixSort(ORDINAL_BITS);
        for (int newestEntry : newest) {
            int count = 0;
            for (int entry = newestEntry; entry != 0; entry = older(entry)) {
                if (count == addresses.length) {
                    addresses = Arrays.copyOf(addresses, 2 * count);
                    order = Arrays.copyOf(order, 2 * count);
                }
                addresses[count++] = entry;
            }
            for (int i = 0; i < count; i++) {
                long sorted = KeyHash.order(get(addresses[count - 1 - i])) & (1L << SORTED_BITS) - 1;
                order[i] = sorted << ORDINAL_BITS | i;
            }
            sort.sort(order, count, SORTED_BITS);
            for (int i = 0; i < count; i++) {
                int entry = addresses[count - 1 - ((int) order[i] & MAX_ENTRIES - 1)];
                target.add(get(entry), get(entry + 1));
            }
        }
    }

    private int beginChunk(int lastOfOlder) {
        if ((nextChunk & SLAB_MASK) == 0) {
            if (slabCount == slabs.length) {
                slabs = SlabTables.doubled(slabs);
            }
            if (slabs[slabCount] == null) {
                slabs[slabCount] = new long[SLAB_LONGS];
            }
            slabCount++;
        }
        int chunk = nextChunk;
        nextChunk += CHUNK_LONGS;
        slabs[chunk >>> SLAB_BITS][chunk & SLAB_MASK] = lastOfOlder;
        return chunk + 1;
    }

    private int older(int entry) {
        int first = entry & -CHUNK_LONGS;
        return entry == first + 1 ? (int) get(first) : entry - KeyEntry.LONGS;
    }

    private long get(int address) {
        return slabs[address >>> SLAB_BITS][address & SLAB_MASK];
    }

    private static int partition(long hash) {
        return (int) (hash >>> Long.SIZE - PARTITION_BITS);
    }
}
