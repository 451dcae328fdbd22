package io.orbitmq.nameserver.route;

import io.orbitmq.protocol.body.topic.DataVersion;
import io.orbitmq.transport.Connection;

/**
 * What is known of a broker that registered and has not left.
 *
 * @param identity cluster and address
 * @param lastUpdateNanos when it was last heard of
 * @param timeoutNanos how long it may be silent
 * @param version of its topics
 * @param connection of its last registration
 * @param haAddress for replicas
 */
record LiveBroker(
        Identity identity,
        long lastUpdateNanos,
        long timeoutNanos,
        DataVersion version,
        Connection connection,
        String haAddress) {

    /**
     * Key of live brokers.
     *
     * @param cluster it belongs to
     * @param address {@code ip:port} for clients
     */
    record Identity(String cluster, String address) {}

    LiveBroker heardOfAt(long nanos) {
        return new LiveBroker(identity, nanos, timeoutNanos, version, connection, haAddress);
    }

    boolean isSilentAt(long nanos) {
        return nanos - lastUpdateNanos > timeoutNanos;
    }
}
