package io.orbitmq.server.config;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.foundation.config.Settings;
import io.orbitmq.nameserver.config.LoadedNameserver;
import io.orbitmq.nameserver.config.NameserverConfig;
import io.orbitmq.nameserver.config.NameserverKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Settings of a nameserver and a broker in one process, from one flat set of keys: each server gets the keys it knows,
 * {@code listenPort} is the broker's.
 *
 * @param nameserver the nameserver's
 * @param broker the broker's
 */
public record StandaloneConfig(LoadedNameserver nameserver, LoadedConfig<BrokerConfig> broker) {

    private static final String PORT = "listenPort";
    private static final String ADDRESSES = "namesrvAddr";

    /**
     * Reads and checks everything.
     *
     * @param nameserverPort 0 picks a free one
     * @throws io.orbitmq.foundation.config.ConfigException listing the faults of the nameserver or the broker
     */
    public static StandaloneConfig load(Settings settings, int nameserverPort, BrokerDefaults machine) {
        NameserverConfig otherwise =
                NameserverConfig.defaults(machine.storeRoot().resolve("nameserver"));
        otherwise = otherwise.withNetwork(otherwise.network().withPort(nameserverPort));
        Set<String> nameserverKeys =
                NameserverKeys.load(Settings.none(), otherwise).effective().keySet();
        Set<String> brokerKeys =
                BrokerKeys.load(Settings.none(), machine).effective().keySet();
        LoadedConfig<BrokerConfig> broker = BrokerKeys.load(
                settings.only(key -> brokerKeys.contains(key) || !nameserverKeys.contains(key)), machine);
        LoadedNameserver nameserver =
                NameserverKeys.load(settings.only(key -> nameserverKeys.contains(key) && !key.equals(PORT)), otherwise);
        List<String> advice = new ArrayList<>(broker.advice());
        settings.find(ADDRESSES)
                .ifPresent(given -> advice.add(ADDRESSES + "=" + given.value() + " (" + given.origin()
                        + ") has no effect: the broker registers with the nameserver in its own process."
                        + " Use the command 'broker' to register elsewhere."));
        return new StandaloneConfig(nameserver, new LoadedConfig<>(broker.config(), broker.effective(), advice));
    }
}
