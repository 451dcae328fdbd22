package io.orbitmq.protocol.header.topic;

import io.orbitmq.protocol.frame.Fields;

/**
 * Names a topic: DELETE_TOPIC_IN_BROKER, GET_TOPIC_STATS_INFO, QUERY_TOPIC_CONSUME_BY_WHO, GET_TOPIC_CONFIG.
 *
 * @param topic topic
 * @param logical only with GET_TOPIC_CONFIG: with the mapping of a static topic
 */
public record TopicHeader(String topic, boolean logical) {

    public static TopicHeader from(Fields fields) {
        return new TopicHeader(fields.text("topic"), fields.boolOr("lo", false));
    }

    public Fields toFields() {
        return Fields.builder().put("topic", topic).put("lo", logical).build();
    }
}
