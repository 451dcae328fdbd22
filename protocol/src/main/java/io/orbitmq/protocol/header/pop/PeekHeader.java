package io.orbitmq.protocol.header.pop;

import io.orbitmq.protocol.frame.Fields;

/**
 * PEEK_MESSAGE (protocol/08 section 10).
 *
 * @param consumerGroup consumer group
 * @param topic topic
 * @param queueId number of the queue, negative for all
 * @param maxMessages most messages to return
 */
public record PeekHeader(String consumerGroup, String topic, int queueId, int maxMessages) {

    public static PeekHeader from(Fields fields) {
        return new PeekHeader(
                fields.required("consumerGroup"),
                fields.required("topic"),
                fields.requiredInt("queueId"),
                fields.requiredInt("maxMsgNums"));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("consumerGroup", consumerGroup)
                .put("topic", topic)
                .put("queueId", queueId)
                .put("maxMsgNums", maxMessages)
                .build();
    }
}
