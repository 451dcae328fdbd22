package io.orbitmq.server.drain;

import io.orbitmq.protocol.header.pull.PullAnswerHeader;

/** A queue that is drained, and how far. Command's thread only. */
final class SourceQueue {

    private final String broker;
    private final String address;
    private final int queueId;
    private final long firstOffset;
    private long committedOffset;
    private long nextOffset;
    private long endOffset;
    private long forwarded;
    private long gone;
    private boolean caughtUp;

    SourceQueue(String broker, String address, int queueId, long firstOffset) {
        this.broker = broker;
        this.address = address;
        this.queueId = queueId;
        this.firstOffset = firstOffset;
        this.committedOffset = firstOffset;
        this.nextOffset = firstOffset;
        this.endOffset = firstOffset;
    }

    String broker() {
        return broker;
    }

    String address() {
        return address;
    }

    int queueId() {
        return queueId;
    }

    boolean is(String otherBroker, int otherQueueId) {
        return broker.equals(otherBroker) && queueId == otherQueueId;
    }

    /** Where this run began. */
    long firstOffset() {
        return firstOffset;
    }

    /** Where the next pull begins. */
    long nextOffset() {
        return nextOffset;
    }

    /** Messages that were sent to the target in this run. */
    long forwarded() {
        return forwarded;
    }

    /** Messages that retention had deleted before they could be read. */
    long gone() {
        return gone;
    }

    /** Messages that were there at the last look and are still to be forwarded. */
    long behind() {
        return Math.max(0, endOffset - nextOffset);
    }

    /** Whether the end was reached once. */
    boolean isCaughtUp() {
        return caughtUp;
    }

    /** A pull found {@code messages}. */
    void took(PullAnswerHeader answer, int messages) {
        forwarded += messages;
        moveTo(answer);
    }

    /** A pull found nothing at its offset. */
    void nothingThere(PullAnswerHeader answer) {
        endOffset = answer.maxOffset();
        caughtUp = true;
    }

    /** The queue begins later, or ends before the offset that was asked for. */
    void moved(PullAnswerHeader answer) {
        gone += Math.max(0, answer.nextBeginOffset() - nextOffset);
        moveTo(answer);
    }

    /** Whether there is progress that the group has not committed. */
    boolean isUncommitted() {
        return committedOffset != nextOffset;
    }

    void committed() {
        committedOffset = nextOffset;
    }

    private void moveTo(PullAnswerHeader answer) {
        nextOffset = answer.nextBeginOffset();
        endOffset = answer.maxOffset();
        caughtUp |= nextOffset >= endOffset;
    }
}
