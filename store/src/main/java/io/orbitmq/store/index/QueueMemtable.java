package io.orbitmq.store.index;

/**
 * The newest entries of all queues, in memory: each queue that has entries here has a chain of chunks in the {@link
 * Arena}. The first few entries of a queue get chunks of their own, so that adding to one of very many queues touches
 * nothing that was written long ago; then chunks grow.
 *
 * <pre>
 * chunk:  previous, next, baseOffset (2), state, then entries; next is set between grown chunks only
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

    /** So many entries of a queue get a chunk each. */
    private static final int MOST_ALONE = 4;

    private static final int GROWN_CAPACITY = 4;
    private static final int MAX_CAPACITY = 4096;
    /** A chunk is cut down to what is left of a slab, unless less than this many entries would fit. */
    private static final int WORTH_CUTTING = 32;

    private final Arena arena = new Arena();
    private final ChainEnds chains = new ChainEnds();
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
        return arena.sizeBytes() + chains.sizeBytes();
    }

    /** Ends writing: the memtable covers the log up to {@code logPosition}. */
    void freeze(long logPosition) {
        endPosition = logPosition;
    }

    void add(IndexedQueue queue, long offset, long position, int sizeBytes, long tagsCode) {
        int form = EntryForm.isCompact(positionBase, position, sizeBytes, tagsCode) ? 0 : NOT_COMPACT;
        int alone = queue.memtableGeneration() == generation ? queue.aloneInMemtable() : 0;
        if (alone < MOST_ALONE) {
            int chunk = allocateChunk(1, offset, alone == 0 ? 0 : queue.tailChunk(), form);
            put(chunk, position, sizeBytes, tagsCode);
            if (alone == 0) {
                chains.putFirst(queue.number(), chunk);
            } else {
                chains.putTail(queue.number(), chunk);
            }
            queue.standIn(generation, alone + 1, chunk);
        } else {
            int chunk = queue.tailChunk();
            int state = arena.get(chunk + STATE);
            int used = state & USED;
            if (used == capacity(state) || (state ^ form) < 0 || offset != baseOffset(chunk) + used) {
                chunk = extend(queue, chunk, offset, form);
            }
            put(chunk, position, sizeBytes, tagsCode);
        }
        entryCount++;
    }

    /**
     * Brings the ends of the chains of {@code count} queues to the processor's cache: the waits for memory overlap here,
     * as they do not in a walk over one chain after another.
     *
     * @return what was seen there, without meaning; keep it, or the compiler leaves the looking out
     */
    int touch(int number, int count) {
        int seen = 0;
        for (int i = 0; i < count; i++) {
            seen += arena.get(chains.first(number + i)) + arena.get(chains.tail(number + i));
        }
        return seen;
    }

    /** One past the queue's last offset here; it has entries. */
    long endOffset(int number) {
        int tail = chains.tail(number);
        return baseOffset(tail) + used(tail);
    }

    /** The queue's oldest chunk, 0 when it has no entries here. */
    int firstChunk(int number) {
        return chains.first(number);
    }

    /** The queue's newest chunk, 0 when it has no entries here. */
    int tailChunk(int number) {
        return chains.tail(number);
    }

    /** The chunk with the queue's first entry at or after {@code offset}, 0 when there is none. */
    int chunkFor(int number, long offset) {
        int later = 0;
        for (int chunk = chains.tail(number); chunk != 0; chunk = previousChunk(chunk)) {
            long base = baseOffset(chunk);
            if (base <= offset) {
                return base + used(chunk) > offset ? chunk : later;
            }
            later = chunk;
        }
        return later;
    }

    long baseOffset(int chunk) {
        return arena.getLong(chunk + BASE_OFFSET);
    }

    int used(int chunk) {
        return arena.get(chunk + STATE) & USED;
    }

    int previousChunk(int chunk) {
        return arena.get(chunk + PREVIOUS);
    }

    /** The chunk behind this one if that is known without a search, else 0. */
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

    /** The smallest queue number at or above {@code from} that has entries, -1 when there is none. */
    int nextNumber(int from) {
        return chains.next(from);
    }

    /** Writes the entry behind the last one of a chunk that has room for it. */
    private void put(int chunk, long position, int sizeBytes, long tagsCode) {
        int[] slab = arena.slabOf(chunk);
        int at = Arena.indexOf(chunk);
        int state = slab[at + STATE];
        int used = state & USED;
        if (state >= 0) {
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
    }

    private int extend(IndexedQueue queue, int full, long offset, int form) {
        int capacity = capacity(arena.get(full + STATE));
        int chunk = allocateChunk(
                capacity == 1 ? GROWN_CAPACITY : Math.min(MAX_CAPACITY, 2 * capacity), offset, full, form);
        if (capacity > 1) {
            arena.setRelease(full + NEXT, chunk);
        }
        chains.putTail(queue.number(), chunk);
        queue.standIn(generation, MOST_ALONE, chunk);
        return chunk;
    }

    private int allocateChunk(int wanted, long offset, int previous, int form) {
        int entryInts = form == 0 ? COMPACT_INTS : ENTRY_INTS;
        int fitting = (arena.remainingInts() - CHUNK_INTS) / entryInts;
        int capacity = wanted > fitting && fitting >= WORTH_CUTTING ? fitting : wanted;
        int chunk = arena.allocate(CHUNK_INTS + capacity * entryInts);
        arena.set(chunk + PREVIOUS, previous);
        arena.setLong(chunk + BASE_OFFSET, offset);
        arena.set(chunk + STATE, form | capacity << CAPACITY_SHIFT);
        return chunk;
    }

    private static int capacity(int state) {
        return state >>> CAPACITY_SHIFT & CAPACITY;
    }
}
