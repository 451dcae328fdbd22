package io.orbitmq.broker;

/**
 * Who the broker is.
 *
 * @param clusterName [brokerClusterName]
 * @param brokerName [brokerName] the same for a master and its copies
 * @param brokerId [brokerId] 0 is the master
 * @param advertisedHost [brokerIP1] host name or address that clients use; must resolve
 * @param regionId [regionId] told to producers and stored in messages as MSG_REGION
 */
public record BrokerIdentity(
        String clusterName, String brokerName, long brokerId, String advertisedHost, String regionId) {

    public BrokerIdentity {
        Check.name("brokerClusterName", clusterName);
        Check.name("brokerName", brokerName);
        Check.range("brokerId", brokerId, 0, Long.MAX_VALUE);
        Check.name("brokerIP1", advertisedHost);
        Check.name("regionId", regionId);
    }

    /** DefaultCluster, broker-a, on the loopback address; a launcher fills in the machine's own. */
    public static BrokerIdentity defaults() {
        return new BrokerIdentity("DefaultCluster", "broker-a", 0, "127.0.0.1", "DefaultRegion");
    }
}
