package io.orbitmq.store;

/** What became of an append. */
public sealed interface AppendOutcome {

    /**
     * Placed in the log; durable only when {@link MessageStore#whenDurable} says so for {@code endPosition}.
     *
     * @param queueOffset place in the queue
     * @param position byte place of the record in the log
     * @param endPosition byte place after the record
     * @param storeTimestamp epoch milliseconds, non-decreasing in log order
     */
    record Appended(long queueOffset, long position, long endPosition, long storeTimestamp) implements AppendOutcome {}

    /**
     * Not placed.
     *
     * @param reason kind, for the response code
     * @param text what was expected, what was found, what to do
     */
    record Refused(Reason reason, String text) implements AppendOutcome {}

    /** Why an append was refused. */
    enum Reason {
        /** Body, properties or topic over a limit, or contradictory flags: code 13. */
        MESSAGE_ILLEGAL,
        /** Disk full by ratio or by the operating system: code 14. */
        DISK_FULL,
        /** The store is closing or closed: code 14. */
        CLOSED,
        /** A write or fsync failed; nothing is acknowledged any more: code 14. */
        FENCED,
        /** Too many bytes wait for the disk: code 2. */
        BUSY
    }
}
