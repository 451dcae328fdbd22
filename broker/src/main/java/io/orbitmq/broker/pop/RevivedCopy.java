package io.orbitmq.broker.pop;

import io.orbitmq.broker.pop.state.DueLease;
import io.orbitmq.broker.pop.state.PopTable;
import io.orbitmq.protocol.message.HostAddress;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.protocol.message.MessageProperties;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.PropertyNames;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/**
 * The copy of a message that was not acknowledged in time (protocol/08 section 7). It settles the message it is made of,
 * so that both happen or neither.
 *
 * @param host the broker
 * @param uniqueKeys for messages that came without
 */
record RevivedCopy(HostAddress host, Supplier<String> uniqueKeys) {

    /** The copy; shares the record's body. */
    MessageDraft of(ByteBuffer record, DueLease lease, long offset) {
        int base = record.position();
        int times = MessageRecord.reconsumeTimes(record, base);
        MessageProperties properties = MessageProperties.ofRecord(record, base)
                .remove(PropertyNames.CRC32)
                .remove(PropertyNames.POP_CK);
        if (times == 0 || !properties.has(PropertyNames.FIRST_POP_TIME)) {
            properties.put(PropertyNames.FIRST_POP_TIME, Long.toString(lease.popTimeMs()));
        }
        if (!properties.has(PropertyNames.UNIQ_KEY)) {
            properties.put(PropertyNames.UNIQ_KEY, uniqueKeys.get());
        }
        return draft(record, properties.toBytes(), PopTable.settlement(lease.queue(), offset));
    }

    /** The copy with the properties it came with, for a message that has no room for more. */
    MessageDraft bare(ByteBuffer record, DueLease lease, long offset) {
        MessageProperties properties = MessageProperties.ofRecord(record, record.position())
                .remove(PropertyNames.CRC32)
                .remove(PropertyNames.POP_CK);
        return draft(record, properties.toBytes(), PopTable.settlement(lease.queue(), offset));
    }

    private MessageDraft draft(ByteBuffer record, ByteBuffer properties, long settlement) {
        int base = record.position();
        return new MessageDraft(
                MessageRecord.flag(record, base),
                MessageRecord.sysFlag(record, base),
                MessageRecord.bornTimestamp(record, base),
                host,
                host,
                MessageRecord.reconsumeTimes(record, base) + 1,
                settlement,
                record.slice(MessageRecord.bodyPosition(record, base), MessageRecord.bodyLength(record, base)),
                properties);
    }
}
