package io.orbitmq.broker.pop;

import io.orbitmq.protocol.header.pop.ReceiptHandle;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.protocol.message.MessageProperties;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.PropertyNames;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * How a message of a retry topic is shown: under its normal topic, with its receipt handle; its place stays that in the
 * retry topic (protocol/08 section 2.3). Pure functions.
 */
final class RetriedRecord {

    private RetriedRecord() {}

    /** The record as a consumer sees it. */
    static ByteBuffer shown(ByteBuffer record, String normalTopic, ReceiptHandle handle) {
        int base = record.position();
        MessageProperties properties = MessageProperties.ofRecord(record, base).remove(PropertyNames.CRC32);
        if (!properties.has(PropertyNames.POP_CK)) {
            properties.put(PropertyNames.POP_CK, handle.text());
        }
        MessageDraft draft = new MessageDraft(
                MessageRecord.flag(record, base),
                MessageRecord.sysFlag(record, base),
                MessageRecord.bornTimestamp(record, base),
                MessageRecord.bornHost(record, base),
                MessageRecord.storeHost(record, base),
                MessageRecord.reconsumeTimes(record, base),
                0,
                record.slice(MessageRecord.bodyPosition(record, base), MessageRecord.bodyLength(record, base)),
                properties.toBytes());
        if (!MessageRecord.fits(draft.properties())) {
            return record;
        }
        byte[] topic = normalTopic.getBytes(StandardCharsets.UTF_8);
        ByteBuffer shown = ByteBuffer.allocate(MessageRecord.sizeOf(draft, topic.length));
        MessageRecord.write(
                shown,
                draft,
                topic,
                MessageRecord.queueId(record, base),
                MessageRecord.queueOffset(record, base),
                MessageRecord.physicalOffset(record, base),
                MessageRecord.storeTimestamp(record, base));
        return shown.flip();
    }
}
