package io.orbitmq.store.index;

import io.orbitmq.store.LogQueue;
import java.util.List;

/**
 * The newest entries of all queues, in memory. A queue's entries are a chain of chunks whose newest one the {@link
 * IndexedQueue} names; each chunk names the one before it, and the first in a memtable the newest in an older memtable.
 * So nothing is kept by queue besides, and an addition touches no memory but the queue's object and what is written
 * behind the addition before. The first few entries of a queue are {@link LoneEntries}; what follows is in grown chunks:
 *
 * <pre>
 * chunk:  number, first chunk of the queue here, before (2), next, baseOffset (2), state, then entries
 * state:  top bit: entries are not compact; 15 bits: capacity; 16 bits: entries used
 * entry:  3 ints as in {@link EntryForm#COMPACT}, or position (2), tagsCode (2), sizeBytes
 * </pre>
 *
 * Inside a chunk offsets follow each other without a gap and all entries have one form; else a new chunk starts.
 * Addresses of chunks: a lone entry's name, or the address of a grown chunk in the {@link Arena} with the top bit set; 0
 * is none.
 *
 * <p>Threads: one writer (under the append lock) until {@link #freeze}; any number of readers, which ask only for
 * offsets below a queue's visible end and learnt that end before they came here.
 */
final class QueueMemtable {

    private static final int NUMBER = 0;
    private static final int FIRST = 1;
    private static final int BEFORE = 2;
    private static final int NEXT = 4;
    private static final int BASE_OFFSET = 5;
    private static final int STATE = 7;
    private static final int CHUNK_INTS = 8;

    private static final int GROWN = 1 << 31;
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

    private final LoneEntries lone;
    private final Arena arena;
    private final int generation;
    private final long startPosition;
    private final long positionBase;
    private long endPosition;
    private int grownCount;
    private long entryCount;

    /**
     * @param generation larger than that of all before, from 1 on
     * @param startPosition everything in the log from here on goes into this memtable
     */
    QueueMemtable(int generation, long startPosition) {
        this(generation, startPosition, new LoneEntries(), new Arena());
    }

    private QueueMemtable(int generation, long startPosition, LoneEntries lone, Arena arena) {
        this.lone = lone;
        this.arena = arena;
        this.generation = generation;
        this.startPosition = startPosition;
        this.positionBase = EntryForm.base(startPosition);
        this.endPosition = startPosition;
    }

    /** A new one in the memory of this one, which nobody uses any more. */
    QueueMemtable successor(int newGeneration, long start) {
        return new QueueMemtable(newGeneration, start, lone.successors(), arena.successor());
    }

    int generation() {
        return generation;
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
        return arena.sizeBytes() + lone.sizeBytes();
    }

    /** Ends writing: the memtable covers the log up to {@code logPosition}. */
    void freeze(long logPosition) {
        endPosition = logPosition;
    }

    void add(IndexedQueue queue, long offset, long position, int sizeBytes, long tagsCode) {
        boolean compact = EntryForm.isCompact(positionBase, position, sizeBytes, tagsCode);
        long newest = queue.newestChunk();
        boolean here = ChunkPlace.generation(newest) == generation;
        int alone = here ? ChunkPlace.alone(newest) : 0;
        if (compact && alone < MOST_ALONE) {
            long place = EntryForm.place(position, sizeBytes);
            int entry = lone.add(queue.number(), newest, offset, place, (int) tagsCode);
            queue.standIn(ChunkPlace.of(generation, alone + 1, entry));
        } else {
            int form = compact ? 0 : NOT_COMPACT;
            int chunk = here ? ChunkPlace.address(newest) : 0;
            if (!hasRoom(chunk, offset, form)) {
                chunk = extend(queue, newest, offset, form);
            }
            put(chunk & ~GROWN, position, sizeBytes, tagsCode);
        }
        entryCount++;
    }

    /** Looks at the places where these queues' next entries may go; gives what was seen there, without meaning. */
    int look(List<LogQueue> queues) {
        int seen = 0;
        int alone = 0;
        for (LogQueue queue : queues) {
            long newest = ((IndexedQueue) queue).newestChunk();
            int chunk = ChunkPlace.generation(newest) == generation ? ChunkPlace.address(newest) : 0;
            if (chunk < 0) {
                seen += arena.get(entry(chunk, used(chunk) - 1, COMPACT_INTS));
            } else {
                alone++;
            }
        }
        return seen + lone.look(alone);
    }

    int chunkCount() {
        return lone.count() + grownCount;
    }

    /**
     * Lists the addresses of all chunks, the numbers of their queues in the upper halves, the chunks of each queue oldest
     * first. Only when frozen.
     *
     * @return the greatest number
     */
    int listChunks(long[] target) {
        int count = 0;
        int greatest = 0;
        for (int entry = 1; entry <= lone.count(); entry++) {
            greatest = Math.max(greatest, lone.number(entry));
            target[count++] = (long) lone.number(entry) << Integer.SIZE | entry;
        }
        for (int at = Arena.first(); count < chunkCount(); at = arena.behind(at, intsOf(at))) {
            greatest = Math.max(greatest, arena.get(at + NUMBER));
            target[count++] = (long) arena.get(at + NUMBER) << Integer.SIZE | (at | GROWN) & 0xFFFFFFFFL;
        }
        return greatest;
    }

    /** The queue's oldest chunk here. */
    int firstChunk(int chunk) {
        int first = chunk;
        while (first > 0) {
            int previous = previousChunk(first);
            if (previous == 0) {
                return first;
            }
            first = previous;
        }
        return arena.get((first & ~GROWN) + FIRST);
    }

    /** The chunk with the queue's first entry at or after {@code offset}, 0 when there is none up to {@code newest}. */
    int chunkFor(int newest, long offset) {
        int later = 0;
        for (int chunk = newest; chunk != 0; chunk = previousChunk(chunk)) {
            long base = baseOffset(chunk);
            if (base <= offset) {
                return base + used(chunk) > offset ? chunk : later;
            }
            later = chunk;
        }
        return later;
    }

    long baseOffset(int chunk) {
        return chunk > 0 ? lone.offset(chunk) : arena.getLong((chunk & ~GROWN) + BASE_OFFSET);
    }

    int used(int chunk) {
        return chunk > 0 ? 1 : arena.get((chunk & ~GROWN) + STATE) & USED;
    }

    /** Place of the queue's chunk before this one, perhaps in an older memtable. */
    long before(int chunk) {
        return chunk > 0 ? lone.before(chunk) : arena.getLong((chunk & ~GROWN) + BEFORE);
    }

    /** The queue's chunk before this one in this memtable, 0 when it is the first. */
    int previousChunk(int chunk) {
        long before = before(chunk);
        return ChunkPlace.generation(before) == generation ? ChunkPlace.address(before) : 0;
    }

    /** The chunk behind this one if that is known without a search, else 0. */
    int nextChunk(int chunk) {
        return chunk > 0 ? 0 : arena.get((chunk & ~GROWN) + NEXT);
    }

    boolean isCompact(int chunk) {
        return chunk > 0 || arena.get((chunk & ~GROWN) + STATE) >= 0;
    }

    /** Position and size of an entry of a compact chunk, see {@link EntryForm#place}. */
    long place(int chunk, int index) {
        return chunk > 0 ? lone.place(chunk) : arena.getLong(entry(chunk, index, COMPACT_INTS));
    }

    long position(int chunk, int index) {
        return isCompact(chunk)
                ? EntryForm.position(positionBase, place(chunk, index))
                : arena.getLong(entry(chunk, index, ENTRY_INTS));
    }

    long tagsCode(int chunk, int index) {
        if (chunk > 0) {
            return lone.tagsCode(chunk);
        }
        return isCompact(chunk)
                ? arena.get(entry(chunk, index, COMPACT_INTS) + 2)
                : arena.getLong(entry(chunk, index, ENTRY_INTS) + 2);
    }

    int sizeBytes(int chunk, int index) {
        return isCompact(chunk)
                ? EntryForm.sizeBytes(place(chunk, index))
                : arena.get(entry(chunk, index, ENTRY_INTS) + 4);
    }

    private boolean hasRoom(int chunk, long offset, int form) {
        if (chunk >= 0) {
            return false;
        }
        int state = arena.get((chunk & ~GROWN) + STATE);
        int used = state & USED;
        return used < capacity(state) && (state ^ form) >= 0 && offset == baseOffset(chunk) + used;
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

    /** Begins a grown chunk, empty yet, behind the queue's newest one. */
    private int extend(IndexedQueue queue, long newest, long offset, int form) {
        int last = ChunkPlace.generation(newest) == generation ? ChunkPlace.address(newest) : 0;
        int wanted =
                last < 0 ? Math.min(MAX_CAPACITY, 2 * capacity(arena.get((last & ~GROWN) + STATE))) : GROWN_CAPACITY;
        int chunk = allocateChunk(wanted, offset, form);
        arena.set(chunk + NUMBER, queue.number());
        arena.set(chunk + FIRST, last == 0 ? chunk | GROWN : firstChunk(last));
        arena.setLong(chunk + BEFORE, newest);
        grownCount++;
        if (last < 0) {
            arena.setRelease((last & ~GROWN) + NEXT, chunk | GROWN);
        }
        queue.standIn(ChunkPlace.of(generation, MOST_ALONE, chunk | GROWN));
        return chunk;
    }

    private int allocateChunk(int wanted, long offset, int form) {
        int entryInts = form == 0 ? COMPACT_INTS : ENTRY_INTS;
        int fitting = (arena.remainingInts() - CHUNK_INTS) / entryInts;
        int capacity = wanted > fitting && fitting >= WORTH_CUTTING ? fitting : wanted;
        int chunk = arena.allocate(CHUNK_INTS + capacity * entryInts);
        arena.setLong(chunk + BASE_OFFSET, offset);
        arena.set(chunk + STATE, form | capacity << CAPACITY_SHIFT);
        return chunk;
    }

    private int intsOf(int chunk) {
        int state = arena.get(chunk + STATE);
        return CHUNK_INTS + capacity(state) * (state >= 0 ? COMPACT_INTS : ENTRY_INTS);
    }

    private static int entry(int chunk, int index, int entryInts) {
        return (chunk & ~GROWN) + CHUNK_INTS + index * entryInts;
    }

    private static int capacity(int state) {
        return state >>> CAPACITY_SHIFT & CAPACITY;
    }
}
