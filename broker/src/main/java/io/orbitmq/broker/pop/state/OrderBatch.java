package io.orbitmq.broker.pop.state;

import java.util.Arrays;

/**
 * What one group popped last from one queue in order: while a message of it is neither acknowledged nor visible again,
 * nobody else of the group gets messages of that queue (protocol/08 section 3). Immutable.
 */
public final class OrderBatch {

    private final Attempt attempt;
    private final long nextOffset;
    private final long[] offsets;
    private final long[] visibleMs;
    private final int[] counts;
    private final long acked;

    /**
     * The pop that took the batch.
     *
     * @param popTimeMs when it was popped, epoch milliseconds
     * @param id as the client gave it, may be empty
     */
    record Attempt(long popTimeMs, String id) {}

    /**
     * @param attempt the pop that took it
     * @param nextOffset where the group goes on when all is acknowledged
     * @param offsets ascending, at most 64
     * @param visibleMs when each may be delivered again
     * @param counts how often each was delivered before
     * @param acked bit i: the message at offsets[i] is acknowledged
     */
    OrderBatch(Attempt attempt, long nextOffset, long[] offsets, long[] visibleMs, int[] counts, long acked) {
        this.attempt = attempt;
        this.nextOffset = nextOffset;
        this.offsets = offsets;
        this.visibleMs = visibleMs;
        this.counts = counts;
        this.acked = acked;
    }

    /** A batch of the first {@code size} of {@code offsets}, all hidden until {@code visibleMs}. */
    public static OrderBatch of(
            long popTimeMs, String attemptId, long nextOffset, long[] offsets, int size, long visibleMs, int[] counts) {
        long[] visible = new long[size];
        Arrays.fill(visible, visibleMs);
        return new OrderBatch(
                new Attempt(popTimeMs, attemptId),
                nextOffset,
                Arrays.copyOf(offsets, size),
                visible,
                Arrays.copyOf(counts, size),
                0);
    }

    public long popTimeMs() {
        return attempt.popTimeMs();
    }

    public String attemptId() {
        return attempt.id();
    }

    /** How many messages there are. */
    public int size() {
        return offsets.length;
    }

    public boolean contains(long offset) {
        return indexOf(offset) >= 0;
    }

    /** How often the message was delivered before this batch; -1 when it is not in the batch. */
    public int count(long offset) {
        int at = indexOf(offset);
        return at < 0 ? -1 : counts[at];
    }

    public boolean isDone() {
        return Long.bitCount(acked) == offsets.length;
    }

    /** Until when it keeps others away: the latest time of what is not acknowledged, 0 when all is. */
    public long blockedUntilMs() {
        long until = 0;
        for (int i = 0; i < offsets.length; i++) {
            if (!isAcked(i)) {
                until = Math.max(until, visibleMs[i]);
            }
        }
        return until;
    }

    /** Where the group stands: at the first message that is not acknowledged, or behind all. */
    public long position() {
        for (int i = 0; i < offsets.length; i++) {
            if (!isAcked(i)) {
                return offsets[i];
            }
        }
        return nextOffset;
    }

    /** The batch with one more message acknowledged; it must be in it. */
    public OrderBatch withAcked(long offset) {
        long bit = 1L << indexOf(offset);
        return new OrderBatch(attempt, nextOffset, offsets, visibleMs, counts, acked | bit);
    }

    /** The batch with all messages before {@code position} acknowledged. */
    public OrderBatch withAckedBefore(long position) {
        long bits = acked;
        for (int i = 0; i < offsets.length && offsets[i] < position; i++) {
            bits |= 1L << i;
        }
        return bits == acked ? this : new OrderBatch(attempt, nextOffset, offsets, visibleMs, counts, bits);
    }

    OrderBatch withVisible(long offset, long untilMs) {
        long[] changed = visibleMs.clone();
        changed[indexOf(offset)] = untilMs;
        return new OrderBatch(attempt, nextOffset, offsets, changed, counts, acked);
    }

    long nextOffset() {
        return nextOffset;
    }

    long offsetAt(int index) {
        return offsets[index];
    }

    long visibleAt(int index) {
        return visibleMs[index];
    }

    int countAt(int index) {
        return counts[index];
    }

    boolean isAcked(int index) {
        return (acked >>> index & 1) != 0;
    }

    private int indexOf(long offset) {
        return Arrays.binarySearch(offsets, offset);
    }
}
