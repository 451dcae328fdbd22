package io.orbitmq.protocol.header.route;

import io.orbitmq.protocol.frame.Fields;

/**
 * Names a broker: WIPE_WRITE_PERM_OF_BROKER and ADD_WRITE_PERM_OF_BROKER.
 *
 * @param brokerName broker
 */
public record BrokerNameHeader(String brokerName) {

    public static BrokerNameHeader from(Fields fields) {
        return new BrokerNameHeader(fields.text("brokerName"));
    }

    public Fields toFields() {
        return Fields.builder().put("brokerName", brokerName).build();
    }
}
