package io.orbitmq.broker.pop.state;

/**
 * Messages that were handed out together and are hidden until the same time: those of 64 neighbouring offsets of a
 * queue. A pop of 32 neighbours is one lease or two. Some 56 bytes. Guarded by the table's lock.
 */
final class Lease {

    /** Offsets of one lease: {@code block * 64} and the 63 after it. */
    static final int BLOCK_SIZE = Long.SIZE;

    final PopQueue queue;
    final long block;
    final long popTimeMs;
    final long dueMs;

    /** Bit i: the message at {@code block * 64 + i} is out. */
    long bits;

    /** Place in the heap of deadlines, -1 when not in it. */
    int heapIndex = -1;

    /** Another lease of the same block; null at the chain's end. */
    Lease next;

    Lease(PopQueue queue, long block, long bits, long popTimeMs, long dueMs) {
        this.queue = queue;
        this.block = block;
        this.bits = bits;
        this.popTimeMs = popTimeMs;
        this.dueMs = dueMs;
    }

    static long blockOf(long offset) {
        return offset >> 6;
    }

    static long bitOf(long offset) {
        return 1L << offset;
    }
}
