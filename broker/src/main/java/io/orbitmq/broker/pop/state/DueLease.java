package io.orbitmq.broker.pop.state;

/**
 * Messages whose time of being hidden is over.
 *
 * @param queue where they stand
 * @param block offsets {@code block * 64} and following
 * @param bits which of them
 * @param popTimeMs when they were popped
 */
public record DueLease(PopQueue queue, long block, long bits, long popTimeMs) {

    /** The offset of the lowest bit of {@code bits}. */
    public static long lowestOffset(long block, long bits) {
        return block * Lease.BLOCK_SIZE + Long.numberOfTrailingZeros(bits);
    }
}
