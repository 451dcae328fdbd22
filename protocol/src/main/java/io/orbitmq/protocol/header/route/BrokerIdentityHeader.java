package io.orbitmq.protocol.header.route;

import io.orbitmq.protocol.frame.Fields;

/**
 * Names one broker: UNREGISTER_BROKER and QUERY_DATA_VERSION (protocol/02 section 2).
 *
 * @param brokerName broker
 * @param brokerAddress ip:port for clients
 * @param clusterName cluster
 * @param brokerId 0 is the master
 */
public record BrokerIdentityHeader(String brokerName, String brokerAddress, String clusterName, long brokerId) {

    public static BrokerIdentityHeader from(Fields fields) {
        return new BrokerIdentityHeader(
                fields.text("brokerName"),
                fields.text("brokerAddr"),
                fields.text("clusterName"),
                fields.longOr("brokerId", 0));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("brokerName", brokerName)
                .put("brokerAddr", brokerAddress)
                .put("clusterName", clusterName)
                .put("brokerId", brokerId)
                .build();
    }
}
