package io.orbitmq.protocol.header.query;

import io.orbitmq.protocol.frame.Fields;

/**
 * QUERY_CONSUME_QUEUE (protocol/11 section 3.5).
 *
 * @param topic topic
 * @param queueId number of the queue
 * @param index first offset
 * @param count most entries
 * @param consumerGroup shows what this group's filter would do
 */
public record QueryQueueHeader(String topic, int queueId, long index, int count, String consumerGroup) {

    public static QueryQueueHeader from(Fields fields) {
        return new QueryQueueHeader(
                fields.required("topic"),
                fields.requiredInt("queueId"),
                fields.requiredLong("index"),
                fields.requiredInt("count"),
                fields.text("consumerGroup"));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("topic", topic)
                .put("queueId", queueId)
                .put("index", index)
                .put("count", count)
                .put("consumerGroup", consumerGroup)
                .build();
    }
}
