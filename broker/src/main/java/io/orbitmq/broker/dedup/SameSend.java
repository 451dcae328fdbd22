package io.orbitmq.broker.dedup;

import io.orbitmq.protocol.message.MessageBatch;
import io.orbitmq.protocol.message.MessageProperties;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.protocol.message.OffsetMessageIds;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.store.MessageStore;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares a repeat with the stored records of the send it would repeat: same topic, kind, UNIQ_KEY and body, and, where
 * the mode demands it, the same properties apart from the broker's own. Reads what was written seconds ago. Stateless.
 */
final class SameSend {

    /** Properties that the broker writes, changes or takes away, and those a client adds after the first try. */
    private static final Set<String> BROKERS = Set.of(
            PropertyNames.MSG_REGION,
            PropertyNames.TRACE_ON,
            PropertyNames.CLUSTER,
            PropertyNames.CRC32,
            PropertyNames.DELAY,
            PropertyNames.POP_CK,
            PropertyNames.REAL_TOPIC,
            PropertyNames.REAL_QID,
            PropertyNames.TRANSACTION_ID,
            PropertyNames.PGROUP,
            PropertyNames.TIMER_OUT_MS,
            PropertyNames.TIMER_ROLL_TIMES,
            PropertyNames.TIMER_ENQUEUE_MS,
            PropertyNames.TIMER_DEQUEUE_MS,
            PropertyNames.RECONSUME_TIME,
            PropertyNames.MAX_RECONSUME_TIMES);

    private static final Set<String> TIMERS =
            Set.of(PropertyNames.TIMER_DELAY_SEC, PropertyNames.TIMER_DELAY_MS, PropertyNames.TIMER_DELIVER_MS);

    private final MessageStore store;

    SameSend(MessageStore store) {
        this.store = store;
    }

    /**
     * The result of the send whose first record stands at {@code position}.
     *
     * @param first the record there
     * @param wholeProperties whether the properties must be the same too
     * @return empty when it is another send
     */
    Optional<FirstSend> compare(SentMessages sent, ByteBuffer first, long position, boolean wholeProperties) {
        return sent.batch()
                ? compareBatch(sent, first, position)
                : compareSingle(sent, first, position, wholeProperties);
    }

    private Optional<FirstSend> compareSingle(
            SentMessages sent, ByteBuffer record, long position, boolean wholeProperties) {
        MessageBatch.Item message = sent.messages().get(0);
        String storedIn = MessageRecord.topic(record, 0);
        boolean half = storedIn.equals(Names.HALF_TOPIC);
        if (half != sent.half()
                || MessageRecord.preparedTransactionOffset(record, 0) != 0
                || !sameBody(record, message)) {
            return Optional.empty();
        }
        MessageProperties stored = MessageProperties.ofRecord(record, 0);
        boolean waits = half || storedIn.equals(Names.SCHEDULE_TOPIC) || storedIn.equals(Names.TIMER_TOPIC);
        String topic = waits ? stored.get(PropertyNames.REAL_TOPIC) : storedIn;
        MessageProperties given = MessageProperties.parse(
                message.properties(),
                message.properties().position(),
                message.properties().remaining());
        boolean same = sameTopic(sent.topic(), topic)
                && stored.get(PropertyNames.UNIQ_KEY).equals(sent.uniqueKey())
                && (!wholeProperties || sameProperties(given, stored));
        return same ? Optional.of(result(record, position, stored, waits)) : Optional.empty();
    }

    private static FirstSend result(ByteBuffer record, long position, MessageProperties stored, boolean waits) {
        boolean timed = MessageRecord.topic(record, 0).equals(Names.TIMER_TOPIC);
        return new FirstSend(
                OffsetMessageIds.of(MessageRecord.storeHost(record, 0), position),
                waits ? Integer.parseInt(stored.get(PropertyNames.REAL_QID)) : MessageRecord.queueId(record, 0),
                MessageRecord.queueOffset(record, 0),
                stored.get(PropertyNames.UNIQ_KEY),
                timed ? Long.parseLong(stored.get(PropertyNames.TIMER_OUT_MS)) : 0,
                position,
                position + MessageRecord.totalSize(record, 0),
                1);
    }

    /** All messages must stand one behind the other: a batch is stored whole or not at all. */
    private Optional<FirstSend> compareBatch(SentMessages sent, ByteBuffer first, long position) {
        long[] positions = new long[sent.messages().size()];
        long at = position;
        ByteBuffer record = first;
        for (int i = 0; i < sent.messages().size(); i++) {
            if (i > 0) {
                Optional<ByteBuffer> next = store.recordAt(at);
                if (next.isEmpty()) {
                    return Optional.empty();
                }
                record = next.get();
            }
            if (!sameMember(sent, record, first, i)) {
                return Optional.empty();
            }
            positions[i] = at;
            at += MessageRecord.totalSize(record, 0);
        }
        return Optional.of(new FirstSend(
                OffsetMessageIds.of(MessageRecord.storeHost(first, 0), positions),
                MessageRecord.queueId(first, 0),
                MessageRecord.queueOffset(first, 0),
                MessageRecord.property(first, 0, PropertyNames.UNIQ_KEY),
                0,
                position,
                at,
                sent.messages().size()));
    }

    /** The properties of a member are stored as they were sent, with the batch's behind them. */
    private static boolean sameMember(SentMessages sent, ByteBuffer record, ByteBuffer first, int index) {
        MessageBatch.Item message = sent.messages().get(index);
        int length = message.properties().remaining();
        int propertiesAt = MessageRecord.propertiesPosition(record, 0);
        return MessageRecord.queueId(record, 0) == MessageRecord.queueId(first, 0)
                && MessageRecord.queueOffset(record, 0) == MessageRecord.queueOffset(first, 0) + index
                && MessageRecord.topic(record, 0).equals(sent.topic())
                && sameBody(record, message)
                && length <= MessageRecord.propertiesLength(record, 0)
                && record.slice(propertiesAt, length).equals(message.properties());
    }

    private static boolean sameBody(ByteBuffer record, MessageBatch.Item message) {
        int length = MessageRecord.bodyLength(record, 0);
        return MessageRecord.flag(record, 0) == message.flag()
                && length == message.body().remaining()
                && record.slice(MessageRecord.bodyPosition(record, 0), length).equals(message.body());
    }

    private static boolean sameTopic(String asked, String stored) {
        return asked.equals(stored)
                || Names.isRetryTopic(asked)
                        && Names.dlqTopic(Names.groupOfRetryTopic(asked)).equals(stored);
    }

    private static boolean sameProperties(MessageProperties given, MessageProperties stored) {
        boolean level = stored.has(PropertyNames.DELAY);
        return isSameLevel(given.get(PropertyNames.DELAY), stored.get(PropertyNames.DELAY))
                && hasAll(stored, given, level)
                && hasAll(given, stored, level);
    }

    /** Whether every entry of {@code part} that is the producer's is in {@code whole}. */
    private static boolean hasAll(MessageProperties whole, MessageProperties part, boolean level) {
        for (Map.Entry<String, String> entry : part.asMap().entrySet()) {
            String name = entry.getKey();
            boolean ours = BROKERS.contains(name) || level && TIMERS.contains(name);
            if (!ours && !whole.get(name).equals(entry.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** A level above the highest was lowered, and a dead letter has none. */
    private static boolean isSameLevel(String given, String stored) {
        if (given.equals(stored) || stored.equals("-1")) {
            return true;
        }
        try {
            return !stored.isEmpty() && Integer.parseInt(given) > Integer.parseInt(stored);
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
