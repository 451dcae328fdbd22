package io.orbitmq.broker.transaction;

import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.protocol.message.SysFlag;
import io.orbitmq.store.KeyQuery;
import io.orbitmq.store.MessageStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A half message of Apache RocketMQ that nothing in the log names. Each time it asked the producer, or put off asking, it
 * appended a copy (protocol/06 section 4.5); the newest one counts.
 *
 * @param position in the log
 * @param firstPosition of the oldest copy that is left
 * @param offsets in the half queue, of this one, its copies, and the one they say they began with
 * @param checks how often the producer was asked
 * @param isReplaced whether there is a newer copy
 * @param isCommitted whether its message stands in its real topic
 */
record ForeignHalf(
        long position, long firstPosition, List<Long> offsets, int checks, boolean isReplaced, boolean isCommitted) {

    private static final int MOST_COPIES = 64;

    /** Reads it and looks for its copies and its commit; empty when it is not there. May wait for the disk. */
    static Optional<ForeignHalf> read(MessageStore store, OpenTransaction open) {
        return store.recordAt(open.position()).map(record -> of(store, record));
    }

    private static ForeignHalf of(MessageStore store, ByteBuffer record) {
        long position = MessageRecord.physicalOffset(record, 0);
        List<ByteBuffer> copies = alike(store, record, Names.HALF_TOPIC);
        List<Long> offsets = new ArrayList<>(List.of(MessageRecord.queueOffset(record, 0)));
        copies.forEach(copy -> offsets.add(MessageRecord.queueOffset(copy, 0)));
        long began = number(record, PropertyNames.TRAN_PREPARED_QUEUE_OFFSET);
        if (began >= 0) {
            offsets.add(began);
        }
        return new ForeignHalf(
                position,
                copies.stream()
                        .mapToLong(copy -> MessageRecord.physicalOffset(copy, 0))
                        .reduce(position, Math::min),
                List.copyOf(offsets),
                (int) Math.max(0, number(record, PropertyNames.TRANSACTION_CHECK_TIMES)),
                copies.stream().anyMatch(copy -> MessageRecord.physicalOffset(copy, 0) > position),
                alike(store, record, MessageRecord.property(record, 0, PropertyNames.REAL_TOPIC)).stream()
                        .anyMatch(ForeignHalf::isCommit));
    }

    /** Records of a topic that were made of the same message of the producer. */
    private static List<ByteBuffer> alike(MessageStore store, ByteBuffer record, String topic) {
        String key = MessageRecord.property(record, 0, PropertyNames.UNIQ_KEY);
        if (key.isEmpty() || topic.isEmpty()) {
            return List.of();
        }
        return store.findByKey(new KeyQuery(topic, key, MOST_COPIES, 0, Long.MAX_VALUE)).stream()
                .filter(other -> MessageRecord.bornTimestamp(other, 0) == MessageRecord.bornTimestamp(record, 0))
                .toList();
    }

    private static boolean isCommit(ByteBuffer record) {
        return SysFlag.transactionType(MessageRecord.sysFlag(record, 0)) == SysFlag.TRANSACTION_COMMIT;
    }

    private static long number(ByteBuffer record, String property) {
        String text = MessageRecord.property(record, 0, property);
        return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : -1;
    }
}
