package io.orbitmq.store.index;

/**
 * The newest entries of all queues, in memory. Each queue that has entries here owns a header and a chain of growing
 * chunks in the {@link Arena}; the first chunk lies right behind the header:
 *
 * <pre>
 * header: tail chunk, entries in the chunks before the tail
 * chunk:  previous, next, baseOffset (2), state, then entries
 * state:  top bit: entries are not compact; 15 bits: capacity; 16 bits: entries used
 * entry:  3 ints as in {@link EntryForm#COMPACT}, or position (2), tagsCode (2), sizeBytes
 * </pre>
 *
 * Inside a chunk offsets follow each other without a gap and all entries have one form; else a new chunk starts.
 *
 * <p>Threads: one writer (under the append lock) until {@link #freeze}; any number of readers, which ask only for
 * offsets below a queue's visible end and learnt that end before they came here.
 */
final class QueueMemtable {

    private static final int TAIL = 0;
    private static final int COUNT_BEFORE_TAIL = 1;
    private static final int HEADER_INTS = 2;

    private static final int PREVIOUS = 0;
    private static final int NEXT = 1;
    private static final int BASE_OFFSET = 2;
    private static final int STATE = 4;
    private static final int CHUNK_INTS = 5;

    private static final int USED = 0xFFFF;
    private static final int CAPACITY_SHIFT = 16;
    private static final int CAPACITY = 0x7FFF;
    private static final int NOT_COMPACT = 1 << 31;
    private static final int COMPACT_INTS = 3;
    private static final int ENTRY_INTS = 5;

    private static final int MIN_CAPACITY = 2;
    private static final int MAX_CAPACITY = 4096;
    /** A chunk is cut down to what is left of a slab, unless less than this many entries would fit. */
    private static final int WORTH_CUTTING = 32;

    private final Arena arena = new Arena();
    private final NumberTable headers = new NumberTable();
    private final int generation;
    private final long startPosition;
    private final long positionBase;
    private long endPosition;
    private long entryCount;

    /** @param startPosition everything in the log from here on goes into this memtable */
    QueueMemtable(int generation, long startPosition) {
        this.generation = generation;
        this.startPosition = startPosition;
        this.positionBase = EntryForm.base(startPosition);
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
        int form = EntryForm.isCompact(positionBase, position, sizeBytes, tagsCode) ? 0 : NOT_COMPACT;
        int chunk = queue.memtableGeneration() == generation ? queue.tailChunk() : enter(queue, offset, form);
        int[] slab = arena.slabOf(chunk);
        int at = Arena.indexOf(chunk);
        int state = slab[at + STATE];
        int used = state & USED;
        if (used == (state >>> CAPACITY_SHIFT & CAPACITY)
                || offset != baseOffset(slab, at) + used
                || (state ^ form) < 0) {
            chunk = extend(queue, chunk, offset, form);
            slab = arena.slabOf(chunk);
            at = Arena.indexOf(chunk);
            state = slab[at + STATE];
            used = 0;
        }
        if (form == 0) {
            int entry = at + CHUNK_INTS + used * COMPACT_INTS;
            long place = EntryForm.place(position, sizeBytes);
            slab[entry] = (int) (place >>> 32);
            slab[entry + 1] = (int) place;
            slab[entry + 2] = (int) tagsCode;
        } else {
            int entry = at + CHUNK_INTS + used * ENTRY_INTS;
            slab[entry] = (int) (position >>> 32);
            slab[entry + 1] = (int) position;
            slab[entry + 2] = (int) (tagsCode >>> 32);
            slab[entry + 3] = (int) tagsCode;
            slab[entry + 4] = sizeBytes;
        }
        slab[at + STATE] = state + 1;
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
        return arena.get(chunk + STATE) & USED;
    }

    int nextChunk(int chunk) {
        return arena.get(chunk + NEXT);
    }

    boolean isCompact(int chunk) {
        return arena.get(chunk + STATE) >= 0;
    }

    /** Position and size of an entry of a compact chunk, see {@link EntryForm#place}. */
    long place(int chunk, int index) {
        return arena.getLong(chunk + CHUNK_INTS + index * COMPACT_INTS);
    }

    long position(int chunk, int index) {
        return isCompact(chunk)
                ? EntryForm.position(positionBase, place(chunk, index))
                : arena.getLong(chunk + CHUNK_INTS + index * ENTRY_INTS);
    }

    long tagsCode(int chunk, int index) {
        return isCompact(chunk)
                ? arena.get(chunk + CHUNK_INTS + index * COMPACT_INTS + 2)
                : arena.getLong(chunk + CHUNK_INTS + index * ENTRY_INTS + 2);
    }

    int sizeBytes(int chunk, int index) {
        return isCompact(chunk)
                ? EntryForm.sizeBytes(place(chunk, index))
                : arena.get(chunk + CHUNK_INTS + index * ENTRY_INTS + 4);
    }

    /** The smallest queue number at or above {@code from} that has a header, -1 when there is none. */
    int nextNumber(int from) {
        return headers.next(from);
    }

    private static long baseOffset(int[] slab, int chunkIndex) {
        return (long) slab[chunkIndex + BASE_OFFSET] << 32 | slab[chunkIndex + BASE_OFFSET + 1] & 0xFFFFFFFFL;
    }

    private int enter(IndexedQueue queue, long offset, int form) {
        int header = arena.allocate(HEADER_INTS + chunkInts(MIN_CAPACITY, form));
        int chunk = headChunk(header);
        initializeChunk(chunk, MIN_CAPACITY, offset, 0, form);
        arena.setRelease(header + TAIL, chunk);
        headers.put(queue.number(), header);
        queue.standIn(generation, header, chunk);
        return chunk;
    }

    private int extend(IndexedQueue queue, int full, long offset, int form) {
        int header = queue.header();
        int capacity = Math.min(MAX_CAPACITY, 2 * (arena.get(full + STATE) >>> CAPACITY_SHIFT & CAPACITY));
        int chunk = allocateChunk(capacity, offset, full, form);
        arena.set(header + COUNT_BEFORE_TAIL, arena.get(header + COUNT_BEFORE_TAIL) + used(full));
        arena.setRelease(full + NEXT, chunk);
        arena.setRelease(header + TAIL, chunk);
        queue.standIn(generation, header, chunk);
        return chunk;
    }

    private int allocateChunk(int wanted, long offset, int previous, int form) {
        int fitting = (arena.remainingInts() - CHUNK_INTS) / entryInts(form);
        int capacity = wanted > fitting && fitting >= WORTH_CUTTING ? fitting : wanted;
        int chunk = arena.allocate(chunkInts(capacity, form));
        initializeChunk(chunk, capacity, offset, previous, form);
        return chunk;
    }

    private void initializeChunk(int chunk, int capacity, long offset, int previous, int form) {
        arena.set(chunk + PREVIOUS, previous);
        arena.setLong(chunk + BASE_OFFSET, offset);
        arena.set(chunk + STATE, form | capacity << CAPACITY_SHIFT);
    }

    private static int entryInts(int form) {
        return form == 0 ? COMPACT_INTS : ENTRY_INTS;
    }

    private static int chunkInts(int capacity, int form) {
        return CHUNK_INTS + capacity * entryInts(form);
    }
}
