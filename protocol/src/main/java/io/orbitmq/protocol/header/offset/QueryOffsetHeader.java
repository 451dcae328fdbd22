package io.orbitmq.protocol.header.offset;

import io.orbitmq.protocol.frame.Fields;

/**
 * QUERY_CONSUMER_OFFSET (protocol/07 section 6).
 *
 * @param consumerGroup consumer group
 * @param topic topic
 * @param queueId number of the queue
 * @param setZeroIfNotFound whether a young queue may be answered 0
 */
public record QueryOffsetHeader(String consumerGroup, String topic, int queueId, boolean setZeroIfNotFound) {

    public static QueryOffsetHeader from(Fields fields) {
        return new QueryOffsetHeader(
                fields.required("consumerGroup"),
                fields.required("topic"),
                fields.requiredInt("queueId"),
                fields.boolOr("setZeroIfNotFound", true));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("consumerGroup", consumerGroup)
                .put("topic", topic)
                .put("queueId", queueId)
                .put("setZeroIfNotFound", setZeroIfNotFound)
                .build();
    }
}
