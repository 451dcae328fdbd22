package io.orbitmq.protocol.header.offset;

import io.orbitmq.protocol.frame.Fields;

/**
 * UPDATE_CONSUMER_OFFSET (protocol/07 section 7).
 *
 * @param consumerGroup consumer group
 * @param topic topic
 * @param queueId number of the queue
 * @param commitOffset next offset to consume
 */
public record UpdateOffsetHeader(String consumerGroup, String topic, int queueId, long commitOffset) {

    public static UpdateOffsetHeader from(Fields fields) {
        return new UpdateOffsetHeader(
                fields.required("consumerGroup"),
                fields.required("topic"),
                fields.requiredInt("queueId"),
                fields.requiredLong("commitOffset"));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("consumerGroup", consumerGroup)
                .put("topic", topic)
                .put("queueId", queueId)
                .put("commitOffset", commitOffset)
                .build();
    }
}
