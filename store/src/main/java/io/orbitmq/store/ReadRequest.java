package io.orbitmq.store;

import java.nio.ByteBuffer;

/**
 * What to read from a queue.
 *
 * @param offset first wanted offset
 * @param maxCount most messages to return; values below 1 count as 1
 * @param maxBytes most bytes to return; at least one matching message is returned whatever its size
 * @param maxExamined most index entries to look at
 * @param filter which messages to return
 * @param memoryOnly answer {@link ReadOutcome.Status#NEEDS_DISK} instead of touching the disk
 */
public record ReadRequest(
        long offset, int maxCount, int maxBytes, int maxExamined, RecordFilter filter, boolean memoryOnly) {

    /** Chooses messages, first by the index entry, then by the record. */
    public interface RecordFilter {

        /** Lets everything through. */
        RecordFilter ALL = tagsCode -> true;

        /** False only when the record certainly does not match. */
        boolean mayMatch(long tagsCode);

        /** Whether {@link #matches} must be asked. */
        default boolean readsRecord() {
            return false;
        }

        /** Decides by the whole record. */
        default boolean matches(ByteBuffer record) {
            return true;
        }
    }
}
