package io.orbitmq.broker.transaction;

import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.protocol.message.MessageProperties;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.protocol.message.OffsetMessageId;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.protocol.message.SysFlag;
import io.orbitmq.store.MessageStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A half message as it stands in the log (protocol/06 section 4.2), and the records made of it. One thread. */
final class HalfMessage {

    private final ByteBuffer record;
    private final int base;
    private final MessageProperties properties;

    private HalfMessage(ByteBuffer record) {
        this.record = record;
        this.base = record.position();
        this.properties = MessageProperties.ofRecord(record, base).remove(PropertyNames.CRC32);
    }

    /** The half message at {@code position}; empty when no record of the half topic starts there. May wait for the disk. */
    static Optional<HalfMessage> read(MessageStore store, long position) {
        return of(position < 0 ? Optional.empty() : store.recordAt(position), Names.HALF_TOPIC);
    }

    /** The half message that was given up and copied to {@code position}. May wait for the disk. */
    static Optional<HalfMessage> readGivenUp(MessageStore store, long position) {
        return of(position < 0 ? Optional.empty() : store.recordAt(position), Names.TRANSACTION_GIVEN_UP_TOPIC);
    }

    private static Optional<HalfMessage> of(Optional<ByteBuffer> record, String topic) {
        return record.filter(
                        found -> MessageRecord.topic(found, found.position()).equals(topic))
                .map(HalfMessage::new);
    }

    String realTopic() {
        return properties.get(PropertyNames.REAL_TOPIC);
    }

    int realQueueId() {
        return number(PropertyNames.REAL_QID);
    }

    String producerGroup() {
        return properties.get(PropertyNames.PGROUP);
    }

    String uniqueKey() {
        return properties.get(PropertyNames.UNIQ_KEY);
    }

    /** Whether the producer asked for a delay, by level or time. */
    boolean isDelayed() {
        return properties.has(PropertyNames.DELAY)
                || properties.has(PropertyNames.TIMER_DELAY_SEC)
                || properties.has(PropertyNames.TIMER_DELAY_MS)
                || properties.has(PropertyNames.TIMER_DELIVER_MS);
    }

    /** All its properties, to be changed at will. */
    MessageProperties properties() {
        return properties.copy();
    }

    long position() {
        return MessageRecord.physicalOffset(record, base);
    }

    long queueOffset() {
        return MessageRecord.queueOffset(record, base);
    }

    long bornTimestamp() {
        return MessageRecord.bornTimestamp(record, base);
    }

    long storeTimestamp() {
        return MessageRecord.storeTimestamp(record, base);
    }

    String offsetMessageId() {
        return new OffsetMessageId(MessageRecord.storeHost(record, base), position()).encode();
    }

    /** The message that consumers get: marked as committed, settling this one. */
    MessageDraft committed(MessageProperties with) {
        int sysFlag = MessageRecord.sysFlag(record, base);
        return draft(SysFlag.withTransactionType(sysFlag, SysFlag.TRANSACTION_COMMIT), position(), with);
    }

    /** The copy for operators of a transaction nobody decided, settling this one. */
    MessageDraft givenUp() {
        return draft(MessageRecord.sysFlag(record, base), position());
    }

    /** A new half message with the same content. */
    MessageDraft reopened() {
        return draft(MessageRecord.sysFlag(record, base), 0);
    }

    /**
     * The record that a producer is asked about: with its real topic and queue, at its own place in the log, and how often
     * was asked, if there is room for that: a store of RocketMQ may have half messages without.
     */
    ByteBuffer question(int checks) {
        properties.put(PropertyNames.TRANSACTION_CHECK_TIMES, Integer.toString(checks));
        if (!MessageRecord.fits(properties.toBytes())) {
            properties.remove(PropertyNames.TRANSACTION_CHECK_TIMES);
        }
        byte[] topic = realTopic().getBytes(StandardCharsets.UTF_8);
        MessageDraft draft = draft(MessageRecord.sysFlag(record, base), 0);
        ByteBuffer target = ByteBuffer.allocate(MessageRecord.sizeOf(draft, topic.length));
        MessageRecord.write(target, draft, topic, realQueueId(), queueOffset(), position(), storeTimestamp());
        return target.flip();
    }

    /** 0 when the property is missing, negative or no number. */
    private int number(String property) {
        try {
            return Math.max(0, Integer.parseInt(properties.get(property)));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private MessageDraft draft(int sysFlag, long settles) {
        return draft(sysFlag, settles, properties);
    }

    private MessageDraft draft(int sysFlag, long settles, MessageProperties with) {
        return new MessageDraft(
                MessageRecord.flag(record, base),
                sysFlag,
                bornTimestamp(),
                MessageRecord.bornHost(record, base),
                MessageRecord.storeHost(record, base),
                MessageRecord.reconsumeTimes(record, base),
                settles,
                record.slice(MessageRecord.bodyPosition(record, base), MessageRecord.bodyLength(record, base)),
                with.toBytes());
    }
}
