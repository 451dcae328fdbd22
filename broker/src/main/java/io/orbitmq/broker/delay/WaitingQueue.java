package io.orbitmq.broker.delay;

/** One internal queue that messages wait in. Guarded by its {@link DelayTable}. */
final class WaitingQueue {

    private final SettledOffsets settled;
    private long endOffset;
    private long lastPosition;

    WaitingQueue(SettledOffsets settled) {
        this.settled = settled;
        this.endOffset = settled.below();
    }

    SettledOffsets settled() {
        return settled;
    }

    /** One past the newest message heard of. */
    long endOffset() {
        return endOffset;
    }

    /** Log position of the newest message heard of. */
    long lastPosition() {
        return lastPosition;
    }

    void appended(long offset, long position) {
        endOffset = Math.max(endOffset, offset + 1);
        lastPosition = Math.max(lastPosition, position);
    }

    boolean hasWaiting() {
        return settled.below() < endOffset;
    }

    /** Messages that wait, as far as heard of. */
    long waiting() {
        return Math.max(0, endOffset - settled.below() - settled.countAbove());
    }
}
