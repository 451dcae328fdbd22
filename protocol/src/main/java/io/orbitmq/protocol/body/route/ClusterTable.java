package io.orbitmq.protocol.body.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * All brokers: answer to GET_BROKER_CLUSTER_INFO (protocol/02 section 6).
 *
 * @param brokers by broker name
 * @param clusters broker names by cluster
 */
public record ClusterTable(Map<String, BrokerRoute> brokers, Map<String, Set<String>> clusters) {

    public ClusterTable {
        brokers = Map.copyOf(brokers);
        clusters = Map.copyOf(clusters);
    }

    public static ClusterTable decode(ByteBuffer body) {
        JsonNode node = Json.readObject(body);
        Map<String, BrokerRoute> brokers = new TreeMap<>();
        node.path("brokerAddrTable")
                .properties()
                .forEach(member -> brokers.put(member.getKey(), BrokerRoute.fromJson(member.getValue())));
        Map<String, Set<String>> clusters = new TreeMap<>();
        node.path("clusterAddrTable")
                .properties()
                .forEach(member -> clusters.put(member.getKey(), new LinkedHashSet<>(Json.texts(member.getValue()))));
        return new ClusterTable(brokers, clusters);
    }

    /** Sorted, with numeric names without quotes as official nameservers always write this body. */
    public byte[] encode() {
        ObjectNode node = Json.object();
        ObjectNode brokerTable = node.putObject("brokerAddrTable");
        new TreeMap<>(brokers).forEach((name, broker) -> brokerTable.set(name, broker.toJson()));
        ObjectNode clusterTable = node.putObject("clusterAddrTable");
        new TreeMap<String, Collection<String>>(clusters)
                .forEach((name, names) -> clusterTable.set(name, Json.array(names)));
        return Json.writeWithBareNumericNames(node);
    }
}
