package io.orbitmq.nameserver.config;

import io.orbitmq.foundation.config.KeyCatalogue;
import io.orbitmq.foundation.config.Settings;
import io.orbitmq.foundation.config.SettingsReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** Maps RocketMQ's namesrv.conf to a {@link NameserverConfig}; keys as in protocol/02 section 8.2. Stateless. */
public final class NameserverKeys {

    private static final Duration MS = Duration.ofMillis(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final int MOST = 1_000_000;

    private NameserverKeys() {}

    /**
     * Reads and checks everything.
     *
     * @param otherwise values of keys that are not set
     * @throws io.orbitmq.foundation.config.ConfigException listing all faults
     */
    public static LoadedNameserver load(Settings settings, NameserverConfig otherwise) {
        SettingsReader reader = new SettingsReader(settings);
        NameserverConfig config = new NameserverConfig(
                network(reader, otherwise.network()),
                files(reader, otherwise.files()),
                brokers(reader, otherwise.brokers()),
                answers(reader, otherwise.answers()));
        return new LoadedNameserver(config, settings, reader.effective(), reader.finish(catalogue()));
    }

    private static NameserverConfig.Network network(SettingsReader reader, NameserverConfig.Network otherwise) {
        boolean graceful = reader.flag(
                "enableShutdownGracefully", !otherwise.goAwayPeriod().isZero());
        Duration goAway = reader.duration(
                "shutdownWaitTimeSeconds", SECOND, Duration.ofSeconds(30), Duration.ZERO, Duration.ofHours(1));
        return new NameserverConfig.Network(
                reader.text("bindAddress", otherwise.bindAddress()),
                reader.number("listenPort", otherwise.port(), 0, 65_535),
                reader.number("serverSelectorThreads", otherwise.eventLoopThreads(), 1, 1024),
                reader.number("defaultThreadPoolNums", otherwise.laneThreads(), 1, 1024),
                reader.number("defaultThreadPoolQueueCapacity", otherwise.laneRequests(), 1, MOST),
                reader.number("serverSocketBacklog", otherwise.backlog(), 1, MOST),
                reader.duration("serverChannelMaxIdleTimeSeconds", SECOND, otherwise.idle(), SECOND, LONGEST),
                graceful ? goAway : Duration.ZERO);
    }

    private static NameserverConfig.Files files(SettingsReader reader, NameserverConfig.Files otherwise) {
        return new NameserverConfig.Files(
                Path.of(reader.text("kvConfigPath", otherwise.kvConfig().toString())),
                Path.of(reader.text("configStorePath", otherwise.configStore().toString())));
    }

    private static NameserverConfig.Brokers brokers(SettingsReader reader, NameserverConfig.Brokers otherwise) {
        return new NameserverConfig.Brokers(
                reader.duration("scanNotActiveBrokerInterval", MS, otherwise.scanInterval(), MS, LONGEST),
                reader.number("unRegisterBrokerQueueCapacity", otherwise.maxDepartures(), 1, MOST),
                reader.flag("deleteTopicWithBrokerRegistration", otherwise.forgetMissingTopics()),
                reader.flag("notifyMinBrokerIdChanged", otherwise.notifyMinBrokerIdChanged()));
    }

    private static NameserverConfig.Answers answers(SettingsReader reader, NameserverConfig.Answers otherwise) {
        boolean warm = reader.flag("needWaitForService", !otherwise.warmUp().isZero());
        Duration warmUp = reader.duration(
                "waitSecondsForService", SECOND, Duration.ofSeconds(45), Duration.ZERO, Duration.ofDays(1));
        return new NameserverConfig.Answers(
                reader.flag("supportActingMaster", otherwise.supportActingMaster()),
                reader.flag("orderMessageEnable", otherwise.orderMessageEnable()),
                reader.flag("returnOrderTopicConfigToBroker", otherwise.orderTopicsToBrokers()),
                reader.flag("enableAllTopicList", otherwise.allTopicList()),
                reader.flag("enableTopicList", otherwise.topicList()),
                warm ? warmUp : Duration.ZERO,
                reader.text("configBlackList", otherwise.blackList()));
    }

    private static KeyCatalogue catalogue() {
        try (InputStream text = NameserverKeys.class.getResourceAsStream("nameserver-keys.txt")) {
            if (text == null) {
                throw new IllegalStateException("the resource nameserver-keys.txt is missing from the jar");
            }
            return KeyCatalogue.parse(new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the resource nameserver-keys.txt cannot be read", e);
        }
    }
}
