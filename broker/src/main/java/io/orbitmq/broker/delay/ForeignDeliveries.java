package io.orbitmq.broker.delay;

import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.store.KeyQuery;
import io.orbitmq.store.MessageStore;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Predicate;

/**
 * Whether Apache RocketMQ delivered a delayed message before it stopped. Its deliveries do not say what they deliver, but
 * they keep nearly everything of the waiting message, so they are found by its unique key (protocol/06 sections 1 and 2).
 * A message without such a key counts as not delivered. May wait for the disk.
 */
final class ForeignDeliveries {

    private static final int MOST = 64;

    private final MessageStore store;

    ForeignDeliveries(MessageStore store) {
        this.store = store;
    }

    /** Whether {@code waiting}, of a delay level, stands in its real topic. */
    boolean ofLevel(ByteBuffer waiting) {
        return isAfter(waiting, realTopic(waiting), PropertyNames.DELAY);
    }

    /** Whether {@code waiting}, of the timer topic, stands in its real topic. */
    boolean ofTimer(ByteBuffer waiting) {
        return isAfter(waiting, realTopic(waiting), PropertyNames.TIMER_DEQUEUE_MS);
    }

    /** Whether {@code waiting}, of the timer topic, was put there again because its time was far. */
    boolean rolled(ByteBuffer waiting) {
        return isAfter(waiting, Names.TIMER_TOPIC, PropertyNames.TIMER_ROLL_TIMES);
    }

    private boolean isAfter(ByteBuffer waiting, String topic, String property) {
        String key = MessageRecord.property(waiting, 0, PropertyNames.UNIQ_KEY);
        if (key.isEmpty() || topic.isEmpty()) {
            return false;
        }
        List<ByteBuffer> found = store.findByKey(
                new KeyQuery(topic, key, MOST, MessageRecord.storeTimestamp(waiting, 0), Long.MAX_VALUE));
        return found.stream().anyMatch(isSame(waiting, property));
    }

    /** A client that sends one message twice gives it one key, but two times of birth. */
    private static Predicate<ByteBuffer> isSame(ByteBuffer waiting, String property) {
        return later -> MessageRecord.physicalOffset(later, 0) > MessageRecord.physicalOffset(waiting, 0)
                && MessageRecord.bornTimestamp(later, 0) == MessageRecord.bornTimestamp(waiting, 0)
                && MessageRecord.reconsumeTimes(later, 0) == MessageRecord.reconsumeTimes(waiting, 0)
                && MessageRecord.bodyLength(later, 0) == MessageRecord.bodyLength(waiting, 0)
                && !MessageRecord.property(later, 0, property).isEmpty();
    }

    private static String realTopic(ByteBuffer record) {
        return MessageRecord.property(record, 0, PropertyNames.REAL_TOPIC);
    }
}
