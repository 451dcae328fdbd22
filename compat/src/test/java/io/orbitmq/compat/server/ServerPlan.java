package io.orbitmq.compat.server;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How to set a server up.
 *
 * @param settings keys of {@code broker.conf}
 * @param nameservers name servers that run elsewhere; empty to start one with the broker
 */
public record ServerPlan(String brokerName, Map<String, String> settings, Optional<String> nameservers) {

    public static final String CLUSTER = "DefaultCluster";

    public ServerPlan {
        settings = Map.copyOf(settings);
    }

    public static ServerPlan standard() {
        return new ServerPlan("broker-a", Map.of(), Optional.empty());
    }

    public ServerPlan with(String key, String value) {
        Map<String, String> more = new TreeMap<>(settings);
        more.put(key, value);
        return new ServerPlan(brokerName, more, nameservers);
    }

    public ServerPlan named(String brokerName) {
        return new ServerPlan(brokerName, settings, nameservers);
    }

    public ServerPlan joining(String nameservers) {
        return new ServerPlan(brokerName, settings, Optional.of(nameservers));
    }
}
