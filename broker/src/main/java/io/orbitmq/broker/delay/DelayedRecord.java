package io.orbitmq.broker.delay;

import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.protocol.message.MessageProperties;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.PropertyCursor;
import io.orbitmq.protocol.message.PropertyNames;
import java.nio.ByteBuffer;

/** A message that waits, as it stands in the log: what decides where it goes, and the draft of what is appended then. */
final class DelayedRecord {

    private final ByteBuffer record;
    private String realTopic = "";
    private int realQueueId;
    private String uniqueKey = "";
    private String recalled = "";
    private long dueMs;

    /** @param record one whole record from index 0 on, not to be changed afterwards */
    DelayedRecord(ByteBuffer record) {
        this.record = record;
        PropertyCursor cursor = new PropertyCursor()
                .over(record, MessageRecord.propertiesPosition(record, 0), MessageRecord.propertiesLength(record, 0));
        while (cursor.next()) {
            if (cursor.nameIs(PropertyNames.REAL_TOPIC)) {
                realTopic = cursor.value();
            } else if (cursor.nameIs(PropertyNames.REAL_QID)) {
                realQueueId = (int) Math.max(0, Math.min(Integer.MAX_VALUE, number(cursor.value())));
            } else if (cursor.nameIs(PropertyNames.UNIQ_KEY)) {
                uniqueKey = cursor.value();
            } else if (cursor.nameIs(PropertyNames.TIMER_DEL_UNIQKEY)) {
                recalled = cursor.value();
            } else if (cursor.nameIs(PropertyNames.TIMER_OUT_MS)) {
                dueMs = number(cursor.value());
            }
        }
    }

    /** REAL_TOPIC, empty when missing. */
    String realTopic() {
        return realTopic;
    }

    /** REAL_QID, 0 when missing. */
    int realQueueId() {
        return realQueueId;
    }

    /** UNIQ_KEY, empty when missing. */
    String uniqueKey() {
        return uniqueKey;
    }

    /** TIMER_DEL_UNIQKEY, empty when missing. */
    String recalled() {
        return recalled;
    }

    /** Whether it is no message but the recall of one. */
    boolean isRecall() {
        return !recalled.isEmpty();
    }

    /** TIMER_OUT_MS. */
    long dueMs() {
        return dueMs;
    }

    long storeTimestamp() {
        return MessageRecord.storeTimestamp(record, 0);
    }

    /** Everything kept, with entries added to the properties if they fit. */
    MessageDraft delivered(long settlement, byte[] moreProperties) {
        ByteBuffer properties = properties();
        if (moreProperties.length > 0) {
            ByteBuffer joined = ByteBuffer.allocate(properties.remaining() + 1 + moreProperties.length)
                    .put(properties.duplicate());
            if (joined.position() > 0 && joined.get(joined.position() - 1) != MessageProperties.ENTRY_SEPARATOR) {
                joined.put(MessageProperties.ENTRY_SEPARATOR);
            }
            joined.put(moreProperties).flip();
            properties = MessageRecord.fits(joined) ? joined : properties;
        }
        return draft(settlement, properties);
    }

    /** The same message, to wait on; counts how often that happened, if there is room for it. */
    MessageDraft rolled(long settlement) {
        MessageProperties properties = MessageProperties.ofRecord(record, 0).remove(PropertyNames.CRC32);
        long times = number(properties.get(PropertyNames.TIMER_ROLL_TIMES));
        ByteBuffer counted = properties
                .put(PropertyNames.TIMER_ROLL_TIMES, Long.toString(times + 1))
                .toBytes();
        return draft(settlement, MessageRecord.fits(counted) ? counted : properties());
    }

    /** The same message, to wait until another time. */
    MessageDraft waitingUntil(long newDueMs, long settlement) {
        MessageProperties properties = MessageProperties.ofRecord(record, 0)
                .remove(PropertyNames.CRC32)
                .put(PropertyNames.TIMER_OUT_MS, Long.toString(newDueMs));
        return draft(settlement, properties.toBytes());
    }

    private MessageDraft draft(long settlement, ByteBuffer properties) {
        return new MessageDraft(
                MessageRecord.flag(record, 0),
                MessageRecord.sysFlag(record, 0),
                MessageRecord.bornTimestamp(record, 0),
                MessageRecord.bornHost(record, 0),
                MessageRecord.storeHost(record, 0),
                MessageRecord.reconsumeTimes(record, 0),
                settlement,
                record.slice(MessageRecord.bodyPosition(record, 0), MessageRecord.bodyLength(record, 0)),
                properties);
    }

    /** As stored, without the record's checksum. */
    private ByteBuffer properties() {
        int length = MessageRecord.propertiesLength(record, 0)
                - (MessageRecord.isSealed(record, 0) ? MessageRecord.CHECKSUM_BYTES : 0);
        return record.slice(MessageRecord.propertiesPosition(record, 0), length);
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
