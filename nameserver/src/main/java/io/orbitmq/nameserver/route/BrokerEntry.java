package io.orbitmq.nameserver.route;

import io.orbitmq.protocol.body.route.BrokerRoute;
import java.util.SortedMap;
import java.util.TreeMap;

/** The replicas of one broker name. Guarded by the lock of {@link RouteTable}. */
final class BrokerEntry {

    private final String brokerName;
    private final SortedMap<Long, String> addresses = new TreeMap<>();
    private String cluster;
    private boolean enableActingMaster;
    private String zoneName = "";

    BrokerEntry(String cluster, String brokerName) {
        this.cluster = cluster;
        this.brokerName = brokerName;
    }

    String brokerName() {
        return brokerName;
    }

    String cluster() {
        return cluster;
    }

    /** What every registration of any replica overwrites. */
    void describe(String newCluster, boolean newEnableActingMaster, String newZoneName) {
        cluster = newCluster;
        enableActingMaster = newEnableActingMaster;
        zoneName = newZoneName;
    }

    boolean enableActingMaster() {
        return enableActingMaster;
    }

    boolean isEmpty() {
        return addresses.isEmpty();
    }

    boolean hasMaster() {
        return addresses.containsKey(BrokerRoute.MASTER_ID);
    }

    /** The address of an id, empty for none. */
    String address(long id) {
        return addresses.getOrDefault(id, "");
    }

    /** All addresses by id; a view. */
    SortedMap<Long, String> addresses() {
        return addresses;
    }

    /** The smallest id; 0 when there is none. */
    long minId() {
        return addresses.isEmpty() ? 0 : addresses.firstKey();
    }

    /** Puts the address under the id; it vanishes from any other id, as when a slave became master. */
    void put(long id, String address) {
        addresses.values().removeIf(address::equals);
        addresses.put(id, address);
    }

    /** Forgets the address under whatever id; false when it was not there. */
    boolean remove(String address) {
        return addresses.values().removeIf(address::equals);
    }

    BrokerRoute toRoute() {
        return new BrokerRoute(cluster, brokerName, addresses, enableActingMaster, zoneName);
    }
}
