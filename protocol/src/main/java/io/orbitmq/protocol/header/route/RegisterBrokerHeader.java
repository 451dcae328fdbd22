package io.orbitmq.protocol.header.route;

import io.orbitmq.protocol.frame.Fields;
import java.util.Optional;

/**
 * REGISTER_BROKER (protocol/02 section 3.1).
 *
 * @param brokerName broker
 * @param brokerAddress ip:port for clients
 * @param clusterName cluster
 * @param haAddress ip:port for replicas
 * @param brokerId 0 is the master
 * @param heartbeatTimeoutMs how long without refresh until expiry, -1 when absent
 * @param enableActingMaster whether a slave may stand in for the master; empty from old brokers
 * @param compressed the body is compressed
 * @param bodyCrc32 of the body as sent, 0: not checked
 * @param zoneName zone, empty for none
 */
public record RegisterBrokerHeader(
        String brokerName,
        String brokerAddress,
        String clusterName,
        String haAddress,
        long brokerId,
        long heartbeatTimeoutMs,
        Optional<Boolean> enableActingMaster,
        boolean compressed,
        int bodyCrc32,
        String zoneName) {

    public static RegisterBrokerHeader from(Fields fields) {
        return new RegisterBrokerHeader(
                fields.text("brokerName"),
                fields.text("brokerAddr"),
                fields.text("clusterName"),
                fields.text("haServerAddr"),
                fields.longOr("brokerId", 0),
                fields.longOr("heartbeatTimeoutMillis", -1),
                fields.has("enableActingMaster")
                        ? Optional.of(fields.boolOr("enableActingMaster", false))
                        : Optional.empty(),
                fields.boolOr("compressed", false),
                fields.intOr("bodyCrc32", 0),
                fields.text("__ZONE_NAME"));
    }

    public Fields toFields() {
        Fields.Builder fields = Fields.builder();
        fields.put("brokerName", brokerName);
        fields.put("brokerAddr", brokerAddress);
        fields.put("clusterName", clusterName);
        fields.put("haServerAddr", haAddress);
        fields.put("brokerId", brokerId);
        if (heartbeatTimeoutMs >= 0) {
            fields.put("heartbeatTimeoutMillis", heartbeatTimeoutMs);
        }
        enableActingMaster.ifPresent(enabled -> fields.put("enableActingMaster", enabled));
        fields.put("compressed", compressed);
        fields.put("bodyCrc32", bodyCrc32);
        fields.put("__ZONE_NAME", zoneName);
        return fields.build();
    }
}
