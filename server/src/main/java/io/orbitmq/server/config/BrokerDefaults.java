package io.orbitmq.server.config;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Defaults that depend on the machine.
 *
 * @param brokerName when brokerName is not set
 * @param advertisedHost when brokerIP1 is not set
 * @param storeRoot when storePathRootDir is not set
 * @param nameservers when namesrvAddr is not set; empty for none
 */
public record BrokerDefaults(String brokerName, String advertisedHost, Path storeRoot, String nameservers) {

    public BrokerDefaults {
        Objects.requireNonNull(brokerName, "brokerName");
        Objects.requireNonNull(advertisedHost, "advertisedHost");
        Objects.requireNonNull(storeRoot, "storeRoot");
        Objects.requireNonNull(nameservers, "nameservers");
    }
}
