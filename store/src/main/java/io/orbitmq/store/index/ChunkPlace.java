package io.orbitmq.store.index;

/**
 * Where a chunk of a queue's entries is, in one long: the memtable, by its generation, and the address there. With it goes
 * how many chunks of a single entry the queue has in that memtable. 0 is none.
 *
 * <pre>
 * generation 29 bits | chunks of a single entry 3 | address 32
 * </pre>
 */
final class ChunkPlace {

    static final long NONE = 0;

    private static final int ALONE_SHIFT = 32;
    private static final int ALONE_BITS = 3;

    private ChunkPlace() {}

    static long of(int generation, int alone, int address) {
        return (long) (generation << ALONE_BITS | alone) << ALONE_SHIFT | address & 0xFFFFFFFFL;
    }

    static int generation(long place) {
        return (int) (place >>> ALONE_SHIFT + ALONE_BITS);
    }

    static int alone(long place) {
        return (int) (place >>> ALONE_SHIFT) & (1 << ALONE_BITS) - 1;
    }

    static int address(long place) {
        return (int) place;
    }
}
