package io.orbitmq.protocol.header.pop;

import io.orbitmq.protocol.frame.Fields;

/**
 * Answer to CHANGE_MESSAGE_INVISIBLETIME: the parts of the new receipt handle (protocol/08 section 6).
 *
 * @param popTimeMs epoch milliseconds
 * @param invisibleTimeMs counted from {@code popTimeMs}
 * @param reviveQueueId part of the receipt handle
 */
public record ChangeInvisibleAnswerHeader(long popTimeMs, long invisibleTimeMs, int reviveQueueId) {

    /** Of a request that changed nothing. */
    public static final ChangeInvisibleAnswerHeader NONE = new ChangeInvisibleAnswerHeader(0, 0, 0);

    public static ChangeInvisibleAnswerHeader from(Fields fields) {
        return new ChangeInvisibleAnswerHeader(
                fields.requiredLong("popTime"), fields.requiredLong("invisibleTime"), fields.requiredInt("reviveQid"));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("popTime", popTimeMs)
                .put("invisibleTime", invisibleTimeMs)
                .put("reviveQid", reviveQueueId)
                .build();
    }
}
