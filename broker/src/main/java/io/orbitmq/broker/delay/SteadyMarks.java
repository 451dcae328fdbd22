package io.orbitmq.broker.delay;

/**
 * How long the messages of a level have waited at least, by a clock that cannot be set: now and then a mark says that
 * everything before an offset was there at that time. When the machine's clock is set back, a message is delivered once
 * its delay has passed since the first mark behind it, rather than when the clock has caught up. The marks stand a
 * sixty-fourth of the delay apart. Safe for any thread.
 */
final class SteadyMarks {

    private static final int MARKS = 80;
    private static final int PER_DELAY = 64;

    private final long delayNanos;
    private final long[] nanos = new long[MARKS];
    private final long[] endOffsets = new long[MARKS];
    private long count;
    private long lastBeganNanos;

    SteadyMarks(long delayNanos) {
        this.delayNanos = delayNanos;
    }

    /** Messages before {@code endOffset} are there now. */
    synchronized void mark(long nowNanos, long endOffset) {
        if (count > 0) {
            int last = (int) ((count - 1) % MARKS);
            if (endOffsets[last] >= endOffset) {
                return;
            }
            if (nowNanos - lastBeganNanos < delayNanos / PER_DELAY) {
                // the later time is true of the earlier messages too
                nanos[last] = nowNanos;
                endOffsets[last] = endOffset;
                return;
            }
        }
        int at = (int) (count++ % MARKS);
        lastBeganNanos = nowNanos;
        nanos[at] = nowNanos;
        endOffsets[at] = endOffset;
    }

    /** When the delay will surely have passed for the message at {@code offset}; {@code otherwise} when no mark tells. */
    synchronized long endNanos(long offset, long otherwise) {
        for (long i = Math.max(0, count - MARKS); i < count; i++) {
            int at = (int) (i % MARKS);
            if (endOffsets[at] > offset) {
                return nanos[at] + delayNanos;
            }
        }
        return otherwise;
    }
}
