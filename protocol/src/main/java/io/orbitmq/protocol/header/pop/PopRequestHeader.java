package io.orbitmq.protocol.header.pop;

import io.orbitmq.protocol.frame.Fields;

/**
 * POP_MESSAGE (protocol/08 section 2).
 *
 * @param consumerGroup consumer group
 * @param topic the normal topic, never a retry topic
 * @param queueId number of the queue, negative for all
 * @param maxMessages most messages to return
 * @param invisibleTimeMs how long they are hidden from others
 * @param pollTimeMs how long the request may be held; 0 or less means not at all
 * @param bornTimeMs the client's clock when it sent this, epoch milliseconds; 0 when it does not say
 * @param initMode {@link #FROM_MIN} or {@link #FROM_MAX}: where a group without offset starts
 * @param expressionType TAG or SQL92
 * @param expression which messages are wanted; empty for all
 * @param order whether messages must be consumed in order
 * @param attemptId the same for repeated attempts of one ordered pop; empty when not told
 */
public record PopRequestHeader(
        String consumerGroup,
        String topic,
        int queueId,
        int maxMessages,
        long invisibleTimeMs,
        long pollTimeMs,
        long bornTimeMs,
        int initMode,
        String expressionType,
        String expression,
        boolean order,
        String attemptId) {

    /** Start at the oldest message. */
    public static final int FROM_MIN = 0;

    /** Start at the newest message. */
    public static final int FROM_MAX = 1;

    public static PopRequestHeader from(Fields fields) {
        return new PopRequestHeader(
                fields.required("consumerGroup"),
                fields.required("topic"),
                fields.requiredInt("queueId"),
                fields.requiredInt("maxMsgNums"),
                fields.requiredLong("invisibleTime"),
                fields.requiredLong("pollTime"),
                fields.longOr("bornTime", 0),
                fields.intOr("initMode", FROM_MIN),
                fields.textOr("expType", "TAG"),
                fields.text("exp"),
                fields.boolOr("order", false),
                fields.text("attemptId"));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("consumerGroup", consumerGroup)
                .put("topic", topic)
                .put("queueId", queueId)
                .put("maxMsgNums", maxMessages)
                .put("invisibleTime", invisibleTimeMs)
                .put("pollTime", pollTimeMs)
                .put("bornTime", bornTimeMs)
                .put("initMode", initMode)
                .put("expType", expressionType)
                .put("exp", expression)
                .put("order", order)
                .put("attemptId", attemptId)
                .build();
    }
}
