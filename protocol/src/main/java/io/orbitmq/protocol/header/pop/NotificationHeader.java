package io.orbitmq.protocol.header.pop;

import io.orbitmq.protocol.frame.Fields;

/**
 * NOTIFICATION: would a pop find something? (protocol/08 section 8)
 *
 * @param consumerGroup consumer group
 * @param topic topic
 * @param queueId number of the queue, negative for all
 * @param pollTimeMs how long the request may be held; 0 or less means not at all
 * @param bornTimeMs the client's clock, epoch milliseconds; 0 when it does not say
 * @param order whether an ordered pop is meant
 * @param attemptId of the ordered pop
 */
public record NotificationHeader(
        String consumerGroup,
        String topic,
        int queueId,
        long pollTimeMs,
        long bornTimeMs,
        boolean order,
        String attemptId) {

    public static NotificationHeader from(Fields fields) {
        return new NotificationHeader(
                fields.required("consumerGroup"),
                fields.required("topic"),
                fields.requiredInt("queueId"),
                fields.requiredLong("pollTime"),
                fields.longOr("bornTime", 0),
                fields.boolOr("order", false),
                fields.text("attemptId"));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("consumerGroup", consumerGroup)
                .put("topic", topic)
                .put("queueId", queueId)
                .put("pollTime", pollTimeMs)
                .put("bornTime", bornTimeMs)
                .put("order", order)
                .put("attemptId", attemptId)
                .build();
    }
}
