package io.orbitmq.store.index;

/**
 * The newest entries of all queues, in memory. Each queue that has entries here owns a header and a chain of growing
 * chunks in the {@link Arena}; the first chunk lies right behind the header:
 *
 * <pre>
 * header: tail chunk, entries in the chunks before the tail
 * chunk:  previous, next, baseOffset (2), capacity, used, then entries of 5 ints
 * entry:  position (2), tagsCode (2), sizeBytes
 * </pre>
 *
 * Inside a chunk offsets follow each other without a gap; a gap starts a new chunk.
 *
 * <p>Threads: one writer (under the append lock) until {@link #freeze}; any number of readers, which ask only for
 * offsets below a queue's visible end and learnt that end before they came here.
 */
final class QueueMemtable {

    static final int ENTRY_INTS = 5;

    private static final int TAIL = 0;
    private static final int COUNT_BEFORE_TAIL = 1;
    private static final int HEADER_INTS = 2;

    private static final int PREVIOUS = 0;
    private static final int NEXT = 1;
    private static final int BASE_OFFSET = 2;
    private static final int CAPACITY = 4;
    private static final int USED = 5;
    private static final int CHUNK_INTS = 6;

    private static final int MIN_CAPACITY = 1;
    private static final int MAX_CAPACITY = 4096;
    /** A chunk is cut down to what is left of a slab, unless less than this many entries would fit. */
    private static final int WORTH_CUTTING = 32;

    private final Arena arena = new Arena();
    private final NumberTable headers = new NumberTable();
    private final int generation;
    private final long startPosition;
    private long endPosition;
    private long entryCount;

    /** @param startPosition everything in the log from here on goes into this memtable */
    QueueMemtable(int generation, long startPosition) {
        this.generation = generation;
        this.startPosition = startPosition;
        this.endPosition = startPosition;
    }

    long startPosition() {
        return startPosition;
    }

    long endPosition() {
        return endPosition;
    }

    long entryCount() {
        return entryCount;
    }

    long sizeBytes() {
        return arena.sizeBytes() + headers.sizeBytes();
    }

    /** Ends writing: the memtable covers the log up to {@code logPosition}. */
    void freeze(long logPosition) {
        endPosition = logPosition;
    }

    void add(IndexedQueue queue, long offset, long position, int sizeBytes, long tagsCode) {
        int chunk = queue.memtableGeneration() == generation ? queue.tailChunk() : enter(queue, offset);
        int[] slab = arena.slabOf(chunk);
        int at = Arena.indexOf(chunk);
        int used = slab[at + USED];
        if (used == slab[at + CAPACITY] || offset != arena.getLong(chunk + BASE_OFFSET) + used) {
            chunk = extend(queue, chunk, offset);
            slab = arena.slabOf(chunk);
            at = Arena.indexOf(chunk);
            used = 0;
        }
        int entry = at + CHUNK_INTS + used * ENTRY_INTS;
        slab[entry] = (int) (position >>> 32);
        slab[entry + 1] = (int) position;
        slab[entry + 2] = (int) (tagsCode >>> 32);
        slab[entry + 3] = (int) tagsCode;
        slab[entry + 4] = sizeBytes;
        slab[at + USED] = used + 1;
        entryCount++;
    }

    /** The queue's header address, 0 when it has no entries here. */
    int headerOf(int number) {
        return headers.get(number);
    }

    long firstOffset(int header) {
        return baseOffset(headChunk(header));
    }

    int headChunk(int header) {
        return header + HEADER_INTS;
    }

    /** One past the last offset; only of a frozen memtable or under the append lock. */
    long endOffset(int header) {
        int tail = arena.get(header + TAIL);
        return baseOffset(tail) + used(tail);
    }

    /** Number of entries; only of a frozen memtable or under the append lock. */
    long count(int header) {
        return arena.get(header + COUNT_BEFORE_TAIL) + used(arena.get(header + TAIL));
    }

    /** The newest chunk that begins at or before {@code offset}, else the first one. */
    int chunkFor(int header, long offset) {
        int chunk = arena.getAcquire(header + TAIL);
        while (baseOffset(chunk) > offset) {
            int previous = arena.get(chunk + PREVIOUS);
            if (previous == 0) {
                break;
            }
            chunk = previous;
        }
        return chunk;
    }

    long baseOffset(int chunk) {
        return arena.getLong(chunk + BASE_OFFSET);
    }

    int used(int chunk) {
        return arena.get(chunk + USED);
    }

    int nextChunk(int chunk) {
        return arena.get(chunk + NEXT);
    }

    int entryAddress(int chunk, int indexInChunk) {
        return chunk + CHUNK_INTS + indexInChunk * ENTRY_INTS;
    }

    long position(int entry) {
        return arena.getLong(entry);
    }

    long tagsCode(int entry) {
        return arena.getLong(entry + 2);
    }

    int sizeBytes(int entry) {
        return arena.get(entry + 4);
    }

    /** The smallest queue number at or above {@code from} that has a header, -1 when there is none. */
    int nextNumber(int from) {
        return headers.next(from);
    }

    private int enter(IndexedQueue queue, long offset) {
        int header = arena.allocate(HEADER_INTS + chunkInts(MIN_CAPACITY));
        int chunk = headChunk(header);
        initializeChunk(chunk, MIN_CAPACITY, offset, 0);
        arena.setRelease(header + TAIL, chunk);
        headers.put(queue.number(), header);
        queue.standIn(generation, header, chunk);
        return chunk;
    }

    private int extend(IndexedQueue queue, int full, long offset) {
        int header = queue.header();
        int capacity = Math.min(MAX_CAPACITY, 2 * arena.get(full + CAPACITY));
        int chunk = allocateChunk(capacity, offset, full);
        arena.set(header + COUNT_BEFORE_TAIL, arena.get(header + COUNT_BEFORE_TAIL) + used(full));
        arena.setRelease(full + NEXT, chunk);
        arena.setRelease(header + TAIL, chunk);
        queue.standIn(generation, header, chunk);
        return chunk;
    }

    private int allocateChunk(int wanted, long offset, int previous) {
        int fitting = (arena.remainingInts() - CHUNK_INTS) / ENTRY_INTS;
        int capacity = wanted > fitting && fitting >= WORTH_CUTTING ? fitting : wanted;
        int chunk = arena.allocate(chunkInts(capacity));
        initializeChunk(chunk, capacity, offset, previous);
        return chunk;
    }

    private void initializeChunk(int chunk, int capacity, long offset, int previous) {
        arena.set(chunk + PREVIOUS, previous);
        arena.setLong(chunk + BASE_OFFSET, offset);
        arena.set(chunk + CAPACITY, capacity);
    }

    private static int chunkInts(int capacity) {
        return CHUNK_INTS + capacity * ENTRY_INTS;
    }
}
