package io.orbitmq.protocol.body.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The replicas of one broker name (protocol/02 section 5.1).
 *
 * @param cluster it belongs to
 * @param brokerName broker
 * @param addresses {@code ip:port} by broker id, 0 is the master
 * @param enableActingMaster a slave may stand in for the master
 * @param zoneName zone, empty for none
 */
public record BrokerRoute(
        String cluster,
        String brokerName,
        SortedMap<Long, String> addresses,
        boolean enableActingMaster,
        String zoneName) {

    public static final long MASTER_ID = 0;

    public BrokerRoute {
        addresses = Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
    }

    public boolean hasMaster() {
        return addresses.containsKey(MASTER_ID);
    }

    public BrokerRoute withAddresses(SortedMap<Long, String> newAddresses) {
        return new BrokerRoute(cluster, brokerName, newAddresses, enableActingMaster, zoneName);
    }

    public static BrokerRoute fromJson(JsonNode node) {
        return new BrokerRoute(
                Json.text(node, "cluster"),
                Json.text(node, "brokerName"),
                addresses(node.path("brokerAddrs")),
                node.path("enableActingMaster").asBoolean(),
                Json.text(node, "zoneName"));
    }

    public ObjectNode toJson() {
        ObjectNode node = Json.object();
        node.set("brokerAddrs", toJson(addresses));
        node.put("brokerName", brokerName).put("cluster", cluster).put("enableActingMaster", enableActingMaster);
        return zoneName.isEmpty() ? node : node.put("zoneName", zoneName);
    }

    static SortedMap<Long, String> addresses(JsonNode node) {
        SortedMap<Long, String> addresses = new TreeMap<>();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            addresses.put(Json.numericName(member.getKey()), member.getValue().asText(""));
        }
        return addresses;
    }

    static ObjectNode toJson(Map<Long, String> addresses) {
        ObjectNode node = Json.object();
        addresses.forEach((id, address) -> node.put(Long.toString(id), address));
        return node;
    }
}
