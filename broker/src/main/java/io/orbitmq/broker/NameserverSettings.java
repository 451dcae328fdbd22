package io.orbitmq.broker;

import java.time.Duration;
import java.util.List;

/**
 * Where the broker registers (protocol/02 section 3.6).
 *
 * @param addresses [namesrvAddr] {@code host:port} each; empty means a broker without nameserver
 * @param registerPeriod [registerNameServerPeriod] clamped to 10 to 60 seconds
 * @param registerTimeout [registerBrokerTimeoutMills] for one call
 */
public record NameserverSettings(List<String> addresses, Duration registerPeriod, Duration registerTimeout) {

    private static final Duration SHORTEST_PERIOD = Duration.ofSeconds(10);
    private static final Duration LONGEST_PERIOD = Duration.ofSeconds(60);

    public NameserverSettings {
        addresses = List.copyOf(addresses);
        for (String address : addresses) {
            checkAddress(address);
        }
        if (registerPeriod.compareTo(SHORTEST_PERIOD) < 0) {
            registerPeriod = SHORTEST_PERIOD;
        } else if (registerPeriod.compareTo(LONGEST_PERIOD) > 0) {
            registerPeriod = LONGEST_PERIOD;
        }
        Check.positive("registerBrokerTimeoutMills", registerTimeout);
    }

    public static NameserverSettings defaults() {
        return new NameserverSettings(List.of(), Duration.ofSeconds(30), Duration.ofSeconds(24));
    }

    public NameserverSettings withAddresses(List<String> changed) {
        return new NameserverSettings(changed, registerPeriod, registerTimeout);
    }

    private static void checkAddress(String address) {
        int colon = address.lastIndexOf(':');
        int port = -1;
        try {
            port = Integer.parseInt(address.substring(colon + 1));
        } catch (NumberFormatException e) {
            // stays -1: told below with the whole address
        }
        if (colon <= 0 || port < 1 || port > 65535) {
            throw new IllegalArgumentException("namesrvAddr must be a list of host:port separated by ';', found '"
                    + address + "'; write for example 10.0.0.1:9876");
        }
    }
}
