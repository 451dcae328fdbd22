package io.orbitmq.broker.pop.state;

import io.orbitmq.store.Settlement;

/**
 * How the copy of a message that was not acknowledged in time names the one it was made of (see {@link Settlement}): 24
 * bits of the queue's number and the lowest 36 bits of the offset. The table knows the highest offset that was popped,
 * and nobody leaves 68 thousand million messages of a queue unacknowledged. Pure functions.
 */
final class RevivedPlace {

    static final int MAX_NUMBER = (1 << 24) - 1;

    private static final int OFFSET_BITS = 36;
    private static final long OFFSET_MASK = (1L << OFFSET_BITS) - 1;
    private static final int LOW_BITS = 44;
    private static final long LOW_MASK = (1L << LOW_BITS) - 1;

    private RevivedPlace() {}

    static long settlement(int number, long offset) {
        long place = (long) number << OFFSET_BITS | offset & OFFSET_MASK;
        return Settlement.of(Settlement.POP, (int) (place >>> LOW_BITS), place & LOW_MASK);
    }

    static int number(long settlement) {
        return (int) (place(settlement) >>> OFFSET_BITS);
    }

    /** The offset, given one not below it and not far above it. */
    static long offset(long settlement, long highest) {
        long offset = highest & ~OFFSET_MASK | place(settlement) & OFFSET_MASK;
        return offset > highest ? offset - OFFSET_MASK - 1 : offset;
    }

    private static long place(long settlement) {
        return (long) Settlement.queueId(settlement) << LOW_BITS | Settlement.queueOffset(settlement);
    }
}
