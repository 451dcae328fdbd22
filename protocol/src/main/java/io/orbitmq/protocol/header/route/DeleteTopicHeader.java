package io.orbitmq.protocol.header.route;

import io.orbitmq.protocol.frame.Fields;

/**
 * DELETE_TOPIC_IN_NAMESRV.
 *
 * @param topic topic
 * @param clusterName only brokers of this cluster, empty for all
 */
public record DeleteTopicHeader(String topic, String clusterName) {

    public static DeleteTopicHeader from(Fields fields) {
        return new DeleteTopicHeader(fields.text("topic"), fields.text("clusterName"));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("topic", topic)
                .put("clusterName", clusterName)
                .build();
    }
}
