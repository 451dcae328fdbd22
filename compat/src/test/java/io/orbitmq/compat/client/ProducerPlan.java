package io.orbitmq.compat.client;

import java.util.Optional;

/**
 * How to build a producer.
 *
 * @param instanceName the second half of the client id; empty leaves the library's choice (process id and a counter)
 * @param vipChannel use the broker's port minus two
 * @param traced whether the library writes message traces
 * @param maxMessageBytes the library's own limit, checked before anything is sent
 */
public record ProducerPlan(
        String nameserver,
        String group,
        Optional<String> instanceName,
        boolean vipChannel,
        int sendTimeoutMs,
        int maxMessageBytes,
        boolean traced) {

    public static ProducerPlan of(String nameserver, String group) {
        return new ProducerPlan(nameserver, group, Optional.empty(), false, 10_000, 4 * 1024 * 1024, false);
    }

    public ProducerPlan named(String instanceName) {
        return new ProducerPlan(
                nameserver, group, Optional.of(instanceName), vipChannel, sendTimeoutMs, maxMessageBytes, traced);
    }

    public ProducerPlan overVipChannel() {
        return new ProducerPlan(nameserver, group, instanceName, true, sendTimeoutMs, maxMessageBytes, traced);
    }

    public ProducerPlan sendTimeoutMs(int timeoutMs) {
        return new ProducerPlan(nameserver, group, instanceName, vipChannel, timeoutMs, maxMessageBytes, traced);
    }

    public ProducerPlan maxMessageBytes(int bytes) {
        return new ProducerPlan(nameserver, group, instanceName, vipChannel, sendTimeoutMs, bytes, traced);
    }

    public ProducerPlan withTraces() {
        return new ProducerPlan(nameserver, group, instanceName, vipChannel, sendTimeoutMs, maxMessageBytes, true);
    }
}
