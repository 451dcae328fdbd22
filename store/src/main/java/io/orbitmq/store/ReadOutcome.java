package io.orbitmq.store;

/**
 * The result of a read.
 *
 * @param status what happened
 * @param nextOffset where the next read should start (protocol/07 section 5.3)
 * @param minOffset the queue's oldest offset at the time
 * @param maxOffset the queue's visible end at the time
 * @param count messages handed to the sink
 * @param bytes bytes handed to the sink
 */
public record ReadOutcome(Status status, long nextOffset, long minOffset, long maxOffset, int count, int bytes) {

    /** Names of protocol/07 section 5.3; they are the remark of the answer. */
    public enum Status {
        FOUND,
        NO_MATCHED_MESSAGE,
        MESSAGE_WAS_REMOVING,
        NO_MESSAGE_IN_QUEUE,
        OFFSET_OVERFLOW_ONE,
        OFFSET_OVERFLOW_BADLY,
        OFFSET_TOO_SMALL,
        /** Only with {@link ReadRequest#memoryOnly}: repeat on a thread that may wait for the disk. */
        NEEDS_DISK
    }
}
