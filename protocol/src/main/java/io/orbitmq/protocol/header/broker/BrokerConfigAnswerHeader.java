package io.orbitmq.protocol.header.broker;

import io.orbitmq.protocol.frame.Fields;

/**
 * Answer to GET_BROKER_CONFIG.
 *
 * @param version data version as JSON
 */
public record BrokerConfigAnswerHeader(String version) {

    public static BrokerConfigAnswerHeader from(Fields fields) {
        return new BrokerConfigAnswerHeader(fields.text("version"));
    }

    public Fields toFields() {
        return Fields.builder().put("version", version).build();
    }
}
