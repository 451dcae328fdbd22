package io.orbitmq.protocol.header.route;

import io.orbitmq.protocol.frame.Fields;

/**
 * NOTIFY_MIN_BROKER_ID_CHANGE, nameserver to broker (protocol/02 section 7).
 *
 * @param minBrokerId smallest id now
 * @param minBrokerAddress its address
 * @param offlineBrokerAddress address that went away, empty on registration
 * @param haBrokerAddress of the registering broker, empty on removal
 */
public record MinBrokerIdHeader(
        long minBrokerId, String minBrokerAddress, String offlineBrokerAddress, String haBrokerAddress) {

    public static MinBrokerIdHeader from(Fields fields) {
        return new MinBrokerIdHeader(
                fields.longOr("minBrokerId", 0),
                fields.text("minBrokerAddr"),
                fields.text("offlineBrokerAddr"),
                fields.text("haBrokerAddr"));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("minBrokerId", minBrokerId)
                .put("minBrokerAddr", minBrokerAddress)
                .put("offlineBrokerAddr", offlineBrokerAddress)
                .put("haBrokerAddr", haBrokerAddress)
                .build();
    }
}
