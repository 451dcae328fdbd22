package io.orbitmq.server.drain;

import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.send.SendMessageHeader;
import io.orbitmq.protocol.message.MessageProperties;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.OffsetMessageId;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.protocol.message.SysFlag;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * Makes the send request of a stored message for another topic: same body, flag, time of birth and properties, among
 * them tags, keys and UNIQ_KEY, by which a consumer recognises what was forwarded twice. Left out is what would make the
 * broker do again what is done: deliver late, open a transaction.
 */
final class MessageCopy {

    private static final String TEMPLATE_TOPIC = "TBW102";
    private static final int KEPT_FLAGS = SysFlag.COMPRESSED | SysFlag.MULTI_TAGS | SysFlag.COMPRESSION_TYPE_MASK;
    private static final Set<String> NOT_COPIED = Set.of(
            PropertyNames.CRC32,
            PropertyNames.DELAY,
            PropertyNames.TIMER_DELAY_MS,
            PropertyNames.TIMER_DELAY_SEC,
            PropertyNames.TIMER_DELIVER_MS,
            PropertyNames.TIMER_ENQUEUE_MS,
            PropertyNames.TIMER_DEQUEUE_MS,
            PropertyNames.TIMER_OUT_MS,
            PropertyNames.TIMER_ROLL_TIMES,
            PropertyNames.TIMER_DEL_UNIQKEY,
            PropertyNames.TIMER_DELAY_LEVEL,
            PropertyNames.TRAN_MSG,
            PropertyNames.TRAN_PREPARED_QUEUE_OFFSET,
            PropertyNames.PGROUP,
            PropertyNames.REAL_TOPIC,
            PropertyNames.REAL_QID,
            PropertyNames.RETRY_TOPIC,
            PropertyNames.RECONSUME_TIME,
            PropertyNames.MAX_RECONSUME_TIMES,
            PropertyNames.MIN_OFFSET,
            PropertyNames.MAX_OFFSET,
            PropertyNames.POP_CK,
            PropertyNames.POP_CK_OFFSET,
            PropertyNames.FIRST_POP_TIME);

    private final ByteBuffer records;
    private final int base;
    private final MessageProperties properties;

    /** The record at {@code base}. */
    MessageCopy(ByteBuffer records, int base) {
        this.records = records;
        this.base = base;
        this.properties = MessageProperties.ofRecord(records, base);
    }

    /** What orders messages: the sharding key, else the keys, else the empty text. */
    String orderKey() {
        String shardingKey = properties.get(PropertyNames.SHARDING_KEY);
        return shardingKey.isEmpty() ? properties.get(PropertyNames.KEYS) : shardingKey;
    }

    Command toRequest(DrainPlan plan, TargetQueue target) {
        MessageProperties copied = properties.copy();
        NOT_COPIED.forEach(copied::remove);
        if (!copied.has(PropertyNames.UNIQ_KEY)) {
            copied.put(PropertyNames.UNIQ_KEY, sourceId());
        }
        SendMessageHeader header = new SendMessageHeader(
                plan.group(),
                plan.to(),
                TEMPLATE_TOPIC,
                1,
                target.queueId(),
                MessageRecord.sysFlag(records, base) & KEPT_FLAGS,
                MessageRecord.bornTimestamp(records, base),
                MessageRecord.flag(records, base),
                copied.encode(),
                0,
                false,
                -1,
                false);
        return Command.request(RequestCode.SEND_MESSAGE_V2, header.toShortFields(), body());
    }

    /** The same at every attempt, unlike a key that a broker would make. */
    private String sourceId() {
        return new OffsetMessageId(MessageRecord.storeHost(records, base), MessageRecord.physicalOffset(records, base))
                .encode();
    }

    private ByteBuffer body() {
        return records.slice(MessageRecord.bodyPosition(records, base), MessageRecord.bodyLength(records, base));
    }
}
