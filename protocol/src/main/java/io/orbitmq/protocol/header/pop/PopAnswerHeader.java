package io.orbitmq.protocol.header.pop;

import io.orbitmq.protocol.frame.Fields;

/**
 * Answer to a pop (protocol/08 section 2.2).
 *
 * @param popTimeMs the broker's clock when it was popped, epoch milliseconds
 * @param invisibleTimeMs as asked
 * @param reviveQueueId part of the receipt handles
 * @param rest messages that still wait
 * @param startOffsets where each queue was read from, see {@link OffsetTexts}
 * @param messageOffsets offsets of the messages, see {@link OffsetTexts}
 * @param orderCounts earlier deliveries of ordered messages, see {@link OffsetTexts}
 */
public record PopAnswerHeader(
        long popTimeMs,
        long invisibleTimeMs,
        int reviveQueueId,
        long rest,
        String startOffsets,
        String messageOffsets,
        String orderCounts) {

    /** Of a request that was not processed. */
    public static final PopAnswerHeader NONE = new PopAnswerHeader(0, 0, 0, 0, "", "", "");

    public static PopAnswerHeader from(Fields fields) {
        return new PopAnswerHeader(
                fields.requiredLong("popTime"),
                fields.requiredLong("invisibleTime"),
                fields.requiredInt("reviveQid"),
                fields.requiredLong("restNum"),
                fields.text("startOffsetInfo"),
                fields.text("msgOffsetInfo"),
                fields.text("orderCountInfo"));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("popTime", popTimeMs)
                .put("invisibleTime", invisibleTimeMs)
                .put("reviveQid", reviveQueueId)
                .put("restNum", rest)
                .put("startOffsetInfo", startOffsets)
                .put("msgOffsetInfo", messageOffsets)
                .put("orderCountInfo", orderCounts)
                .build();
    }
}
