package io.orbitmq.protocol.header.pop;

/**
 * What a client names one delivery of a message by (protocol/08 section 2.4). As text: the eight fields in this order,
 * parted by one blank.
 *
 * @param startOffset where the queue was read from in that pop
 * @param popTimeMs when, epoch milliseconds
 * @param invisibleTimeMs for how long
 * @param reviveQueueId {@link #ORDERED} for ordered pops, else without meaning to clients
 * @param retry {@link #NORMAL_TOPIC}, {@link #RETRY_V1} or {@link #RETRY_V2}
 * @param brokerName the broker
 * @param queueId number of the queue
 * @param offset place of the message in the queue; -1 when the text has no such field
 */
public record ReceiptHandle(
        long startOffset,
        long popTimeMs,
        long invisibleTimeMs,
        int reviveQueueId,
        int retry,
        String brokerName,
        int queueId,
        long offset) {

    /** Revive queue id of ordered pops. */
    public static final int ORDERED = 999;

    /** Read from the topic itself. */
    public static final int NORMAL_TOPIC = 0;

    /** Read from the retry topic {@code %RETRY%group_topic}. */
    public static final int RETRY_V1 = 1;

    /** Read from the retry topic {@code %RETRY%group+topic}. */
    public static final int RETRY_V2 = 2;

    private static final int FIELDS = 8;

    /**
     * Reads a handle; more fields than known are passed over.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static ReceiptHandle parse(String text) {
        String[] parts = text.split(" ");
        if (parts.length < FIELDS - 1) {
            throw new IllegalArgumentException("a receipt handle has " + FIELDS + " fields parted by blanks, found '"
                    + text + "'; send back the POP_CK of the message");
        }
        try {
            return new ReceiptHandle(
                    Long.parseLong(parts[0]),
                    Long.parseLong(parts[1]),
                    Long.parseLong(parts[2]),
                    Integer.parseInt(parts[3]),
                    Integer.parseInt(parts[4]),
                    parts[5],
                    Integer.parseInt(parts[6]),
                    parts.length < FIELDS ? -1 : Long.parseLong(parts[7]));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "a receipt handle has numbers in all fields but the sixth, found '" + text
                            + "'; send back the POP_CK of the message",
                    e);
        }
    }

    public String text() {
        return startOffset + " " + popTimeMs + " " + invisibleTimeMs + " " + reviveQueueId + " " + retry + " "
                + brokerName + " " + queueId + " " + offset;
    }

    public boolean isOrdered() {
        return reviveQueueId == ORDERED;
    }
}
