package io.orbitmq.protocol.header.route;

import io.orbitmq.protocol.frame.Fields;

/**
 * BROKER_HEARTBEAT (protocol/02 section 2, protocol/14).
 *
 * @param clusterName cluster
 * @param brokerAddress ip:port for clients
 * @param brokerName broker
 * @param brokerId -1 when absent
 * @param epoch -1 when absent
 * @param maxOffset -1 when absent
 * @param confirmOffset -1 when absent
 * @param heartbeatTimeoutMs -1 when absent
 * @param electionPriority -1 when absent
 */
public record BrokerHeartbeatHeader(
        String clusterName,
        String brokerAddress,
        String brokerName,
        long brokerId,
        int epoch,
        long maxOffset,
        long confirmOffset,
        long heartbeatTimeoutMs,
        int electionPriority) {

    public static BrokerHeartbeatHeader from(Fields fields) {
        return new BrokerHeartbeatHeader(
                fields.text("clusterName"),
                fields.text("brokerAddr"),
                fields.text("brokerName"),
                fields.longOr("brokerId", -1),
                fields.intOr("epoch", -1),
                fields.longOr("maxOffset", -1),
                fields.longOr("confirmOffset", -1),
                fields.longOr("heartbeatTimeoutMills", -1),
                fields.intOr("electionPriority", -1));
    }

    public Fields toFields() {
        Fields.Builder fields = Fields.builder();
        fields.put("clusterName", clusterName);
        fields.put("brokerAddr", brokerAddress);
        fields.put("brokerName", brokerName);
        if (brokerId >= 0) {
            fields.put("brokerId", brokerId);
        }
        if (epoch >= 0) {
            fields.put("epoch", epoch);
        }
        if (maxOffset >= 0) {
            fields.put("maxOffset", maxOffset);
        }
        if (confirmOffset >= 0) {
            fields.put("confirmOffset", confirmOffset);
        }
        if (heartbeatTimeoutMs >= 0) {
            fields.put("heartbeatTimeoutMills", heartbeatTimeoutMs);
        }
        if (electionPriority >= 0) {
            fields.put("electionPriority", electionPriority);
        }
        return fields.build();
    }
}
