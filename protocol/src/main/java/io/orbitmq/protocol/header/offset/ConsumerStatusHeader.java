package io.orbitmq.protocol.header.offset;

import io.orbitmq.protocol.frame.Fields;

/**
 * GET_CONSUMER_STATUS_FROM_CLIENT and INVOKE_BROKER_TO_GET_CONSUMER_STATUS (protocol/07 section 13.1).
 *
 * @param topic topic
 * @param group group
 * @param clientAddress client id, empty for all
 */
public record ConsumerStatusHeader(String topic, String group, String clientAddress) {

    public static ConsumerStatusHeader from(Fields fields) {
        return new ConsumerStatusHeader(fields.required("topic"), fields.required("group"), fields.text("clientAddr"));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("topic", topic)
                .put("group", group)
                .put("clientAddr", clientAddress)
                .build();
    }
}
