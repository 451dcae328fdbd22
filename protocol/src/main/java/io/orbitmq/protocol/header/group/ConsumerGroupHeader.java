package io.orbitmq.protocol.header.group;

import io.orbitmq.protocol.frame.Fields;

/**
 * Names a consumer group: GET_CONSUMER_LIST_BY_GROUP, NOTIFY_CONSUMER_IDS_CHANGED, GET_CONSUMER_CONNECTION_LIST, GET_CONSUME_STATS.
 *
 * @param consumerGroup consumer group
 * @param topic only with GET_CONSUME_STATS: one topic
 * @param topicList only with GET_CONSUME_STATS: several topics
 */
public record ConsumerGroupHeader(String consumerGroup, String topic, String topicList) {

    public static ConsumerGroupHeader from(Fields fields) {
        return new ConsumerGroupHeader(
                fields.required("consumerGroup"), fields.text("topic"), fields.text("topicList"));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("consumerGroup", consumerGroup)
                .put("topic", topic)
                .put("topicList", topicList)
                .build();
    }
}
