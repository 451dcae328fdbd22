package io.orbitmq.protocol.header.pop;

import io.orbitmq.protocol.frame.Fields;

/**
 * CHANGE_MESSAGE_INVISIBLETIME (protocol/08 section 6).
 *
 * @param consumerGroup consumer group
 * @param topic where the message was read, the retry topic for a retried one
 * @param queueId number of the queue
 * @param offset place of the message in the queue
 * @param receipt text of a {@link ReceiptHandle}
 * @param invisibleTimeMs new time, counted from now
 */
public record ChangeInvisibleHeader(
        String consumerGroup, String topic, int queueId, long offset, String receipt, long invisibleTimeMs) {

    public static ChangeInvisibleHeader from(Fields fields) {
        return new ChangeInvisibleHeader(
                fields.required("consumerGroup"),
                fields.required("topic"),
                fields.requiredInt("queueId"),
                fields.requiredLong("offset"),
                fields.required("extraInfo"),
                fields.requiredLong("invisibleTime"));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("consumerGroup", consumerGroup)
                .put("topic", topic)
                .put("queueId", queueId)
                .put("offset", offset)
                .put("extraInfo", receipt)
                .put("invisibleTime", invisibleTimeMs)
                .build();
    }
}
