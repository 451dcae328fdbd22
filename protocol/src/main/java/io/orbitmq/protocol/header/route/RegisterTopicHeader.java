package io.orbitmq.protocol.header.route;

import io.orbitmq.protocol.frame.Fields;

/**
 * REGISTER_TOPIC_IN_NAMESRV.
 *
 * @param topic topic
 */
public record RegisterTopicHeader(String topic) {

    public static RegisterTopicHeader from(Fields fields) {
        return new RegisterTopicHeader(fields.text("topic"));
    }

    public Fields toFields() {
        return Fields.builder().put("topic", topic).build();
    }
}
