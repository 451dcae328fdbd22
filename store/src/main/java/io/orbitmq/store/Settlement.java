package io.orbitmq.store;

/**
 * What a message settles, as it stands in its field {@code preparedTransactionOffset}. Producers cannot set that field,
 * so nobody but the broker settles anything.
 *
 * <pre>
 *   0                    nothing
 *   below 2^60           a half message: its log position, as RocketMQ has it
 *   else  kind 4 bits | queue id 16 bits | queue offset 44 bits
 *                        a message that waits in an internal topic, by its place in its queue
 * </pre>
 *
 * <p>A place in a queue is better than a position for what waits in queues: what is settled is then a number and a few
 * bits per queue, whatever the order in which it happens. Pure functions.
 */
public final class Settlement {

    /** A half message, named by its log position. */
    public static final int HALF_MESSAGE = 0;

    /** A message in the topic of the delay levels. */
    public static final int DELAY_LEVEL = 1;

    /** A message in the topic of arbitrary delivery times. */
    public static final int TIMER = 2;

    /** A popped message that was not acknowledged in time; its place is encoded by the broker's table of pops. */
    public static final int POP = 3;

    private static final int KIND_SHIFT = 60;
    private static final int QUEUE_SHIFT = 44;
    private static final int MAX_KIND = 7;
    private static final int MAX_QUEUE_ID = (1 << KIND_SHIFT - QUEUE_SHIFT) - 1;
    private static final long MAX_QUEUE_OFFSET = (1L << QUEUE_SHIFT) - 1;

    private Settlement() {}

    /**
     * The field of a message that settles the one at {@code queueOffset} of a queue.
     *
     * @param kind 1 to 7, says which topic
     */
    public static long of(int kind, int queueId, long queueOffset) {
        if (kind < 1 || kind > MAX_KIND || queueId < 0 || queueId > MAX_QUEUE_ID) {
            throw new IllegalArgumentException("expected kind 1 to " + MAX_KIND + " and queue id 0 to " + MAX_QUEUE_ID
                    + ", found " + kind + " and " + queueId);
        }
        if (queueOffset < 0 || queueOffset > MAX_QUEUE_OFFSET) {
            throw new IllegalArgumentException(
                    "expected a queue offset of 0 to " + MAX_QUEUE_OFFSET + ", found " + queueOffset);
        }
        return (long) kind << KIND_SHIFT | (long) queueId << QUEUE_SHIFT | queueOffset;
    }

    /** What kind of message the field names; of a field that is not 0. */
    public static int kind(long field) {
        return (int) (field >>> KIND_SHIFT);
    }

    /** The queue of the message the field names; not for {@link #HALF_MESSAGE}. */
    public static int queueId(long field) {
        return (int) (field >>> QUEUE_SHIFT) & MAX_QUEUE_ID;
    }

    /** The place in its queue of the message the field names; not for {@link #HALF_MESSAGE}. */
    public static long queueOffset(long field) {
        return field & MAX_QUEUE_OFFSET;
    }
}
