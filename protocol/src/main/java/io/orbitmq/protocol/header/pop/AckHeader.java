package io.orbitmq.protocol.header.pop;

import io.orbitmq.protocol.frame.Fields;

/**
 * ACK_MESSAGE (protocol/08 section 4).
 *
 * @param consumerGroup consumer group
 * @param topic where the message was read, the retry topic for a retried one
 * @param queueId number of the queue
 * @param offset place of the message in the queue
 * @param receipt text of a {@link ReceiptHandle}
 */
public record AckHeader(String consumerGroup, String topic, int queueId, long offset, String receipt) {

    public static AckHeader from(Fields fields) {
        return new AckHeader(
                fields.required("consumerGroup"),
                fields.required("topic"),
                fields.requiredInt("queueId"),
                fields.requiredLong("offset"),
                fields.required("extraInfo"));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("consumerGroup", consumerGroup)
                .put("topic", topic)
                .put("queueId", queueId)
                .put("offset", offset)
                .put("extraInfo", receipt)
                .build();
    }
}
