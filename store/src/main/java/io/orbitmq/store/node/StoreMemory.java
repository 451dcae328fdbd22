package io.orbitmq.store.node;

/**
 * How much memory the store takes, by the size of the heap: small enough for 128 MiB, more where there is more.
 *
 * @param tailChunkBytes size of a piece of the tail window
 * @param tailChunks pieces of the tail window
 * @param indexMemtableBytes memory of each index before it is written to disk
 * @param pendingArrivals most messages placed and not yet visible, a power of two
 * @param readCacheBytes blocks of the log that were read from the disk lately; taken as they are read
 */
record StoreMemory(
        int tailChunkBytes, int tailChunks, long indexMemtableBytes, int pendingArrivals, long readCacheBytes) {

    private static final int CHUNK_BYTES = 1 << 20;
    private static final long MIN_TAIL_BYTES = 4L << 20;
    private static final long MAX_TAIL_BYTES = 64L << 20;
    /** Where the heap has that much: smaller ones are written to runs too often. */
    private static final long MIN_MEMTABLE_BYTES = 8L << 20;

    private static final long MAX_MEMTABLE_BYTES = 32L << 20;
    private static final long MAX_READ_CACHE_BYTES = 8L << 20;
    private static final int PENDING_ARRIVALS = 1 << 17;

    static StoreMemory forHeap(long maxHeapBytes) {
        long tail = Math.max(MIN_TAIL_BYTES, Math.min(MAX_TAIL_BYTES, maxHeapBytes / 8));
        return new StoreMemory(
                CHUNK_BYTES,
                (int) (tail / CHUNK_BYTES),
                memtable(maxHeapBytes),
                PENDING_ARRIVALS,
                Math.min(MAX_READ_CACHE_BYTES, maxHeapBytes / 16));
    }

    /** There are two indexes, and of each up to three memtables while one is written: three sixteenths of the heap. */
    private static long memtable(long maxHeapBytes) {
        long least = Math.min(MIN_MEMTABLE_BYTES, maxHeapBytes / 16);
        return Math.max(least, Math.min(MAX_MEMTABLE_BYTES, maxHeapBytes / 32));
    }
}
