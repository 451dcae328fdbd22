package io.orbitmq.nameserver.route;

import io.orbitmq.nameserver.route.LiveBroker.Identity;
import io.orbitmq.protocol.body.route.BrokerRoute;
import io.orbitmq.protocol.body.route.ClusterTable;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Clusters, broker names and live brokers. Guarded by the lock of {@link RouteTable}. */
final class BrokerTable {

    private final Map<String, Set<String>> clusters = new TreeMap<>();
    private final Map<String, BrokerEntry> brokers = new TreeMap<>();
    private final Map<Identity, LiveBroker> live = new HashMap<>();

    Optional<BrokerEntry> find(String brokerName) {
        return Optional.ofNullable(brokers.get(brokerName));
    }

    /** The entry, made if needed, as a member of the cluster. */
    BrokerEntry join(String cluster, String brokerName) {
        BrokerEntry entry = brokers.computeIfAbsent(brokerName, name -> new BrokerEntry(cluster, name));
        if (!entry.cluster().equals(cluster)) {
            leaveCluster(entry);
        }
        clusters.computeIfAbsent(cluster, name -> new TreeSet<>()).add(brokerName);
        return entry;
    }

    /** Forgets a broker name that has no address any more. */
    void forget(BrokerEntry entry) {
        brokers.remove(entry.brokerName());
        leaveCluster(entry);
    }

    private void leaveCluster(BrokerEntry entry) {
        Set<String> members = clusters.getOrDefault(entry.cluster(), Set.of());
        if (members.remove(entry.brokerName()) && members.isEmpty()) {
            clusters.remove(entry.cluster());
        }
    }

    Set<String> clusterNames() {
        return clusters.keySet();
    }

    /** Broker names of a cluster; empty for an unknown one. */
    Set<String> brokersOf(String cluster) {
        return clusters.getOrDefault(cluster, Set.of());
    }

    Set<String> brokerNames() {
        return brokers.keySet();
    }

    /** One address of any broker, empty for none. */
    String anyAddress() {
        for (BrokerEntry entry : brokers.values()) {
            if (!entry.isEmpty()) {
                return entry.addresses().get(entry.minId());
            }
        }
        return "";
    }

    Optional<LiveBroker> findLive(Identity identity) {
        return Optional.ofNullable(live.get(identity));
    }

    void putLive(LiveBroker broker) {
        live.put(broker.identity(), broker);
    }

    void removeLive(Identity identity) {
        live.remove(identity);
    }

    List<LiveBroker> live(Predicate<LiveBroker> wanted) {
        return live.values().stream().filter(wanted).toList();
    }

    /** The broker name under which an address stands in a cluster. */
    Optional<BrokerEntry> holderOf(Identity identity) {
        Collection<String> names = brokersOf(identity.cluster());
        return names.stream()
                .map(brokers::get)
                .filter(entry -> entry.addresses().containsValue(identity.address()))
                .findFirst();
    }

    ClusterTable toClusterTable() {
        Map<String, BrokerRoute> routes = new HashMap<>();
        brokers.forEach((name, entry) -> routes.put(name, entry.toRoute()));
        Map<String, Set<String>> names = new HashMap<>();
        clusters.forEach((cluster, members) -> names.put(cluster, new TreeSet<>(members)));
        return new ClusterTable(routes, names);
    }
}
