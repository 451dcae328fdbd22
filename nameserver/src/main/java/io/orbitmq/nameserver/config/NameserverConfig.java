package io.orbitmq.nameserver.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * A nameserver's settings.
 *
 * @param network where it listens; fixed at start
 * @param files where it keeps things; fixed at start
 * @param brokers how it treats brokers; changes take effect at once
 * @param answers what it tells; changes take effect at once
 */
public record NameserverConfig(Network network, Files files, Brokers brokers, Answers answers) {

    private static final int DEFAULT_PORT = 9876;
    private static final int MOST_EVENT_LOOPS = 4;
    private static final int LANE_THREADS = 2;

    public NameserverConfig {
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(files, "files");
        Objects.requireNonNull(brokers, "brokers");
        Objects.requireNonNull(answers, "answers");
    }

    /**
     * Listening and threads.
     *
     * @param bindAddress {@code 0.0.0.0} for all
     * @param port 0 picks a free one
     * @param eventLoopThreads threads that read, answer route queries and write
     * @param laneThreads threads for everything else
     * @param laneRequests most requests that wait for them
     * @param backlog connections that may wait to be accepted
     * @param idle time after which a silent connection is closed
     * @param goAwayPeriod how long clients are told to go elsewhere before a stop, zero for not at all
     */
    public record Network(
            String bindAddress,
            int port,
            int eventLoopThreads,
            int laneThreads,
            int laneRequests,
            int backlog,
            Duration idle,
            Duration goAwayPeriod) {

        public Network withPort(int newPort) {
            return new Network(
                    bindAddress, newPort, eventLoopThreads, laneThreads, laneRequests, backlog, idle, goAwayPeriod);
        }

        public Network withBindAddress(String newAddress) {
            return new Network(
                    newAddress, port, eventLoopThreads, laneThreads, laneRequests, backlog, idle, goAwayPeriod);
        }
    }

    /**
     * Paths.
     *
     * @param kvConfig key-value settings
     * @param configStore these settings, written when they change at run time
     */
    public record Files(Path kvConfig, Path configStore) {}

    /**
     * Brokers.
     *
     * @param scanInterval how often silent brokers are looked for
     * @param maxDepartures most brokers that wait to be removed
     * @param forgetMissingTopics topics that a registration lacks are removed
     * @param notifyMinBrokerIdChanged tell replicas about a new smallest id
     */
    public record Brokers(
            Duration scanInterval, int maxDepartures, boolean forgetMissingTopics, boolean notifyMinBrokerIdChanged) {}

    /**
     * Answers.
     *
     * @param supportActingMaster show the smallest id of a broker without master as master
     * @param orderMessageEnable add the order setting to routes
     * @param orderTopicsToBrokers give order settings to registering brokers
     * @param allTopicList answer 206
     * @param topicList answer 224, 311, 312, 313
     * @param warmUp time after start during which routes are refused, zero for none
     * @param blackList keys that requests may not change, separated by semicolons
     */
    public record Answers(
            boolean supportActingMaster,
            boolean orderMessageEnable,
            boolean orderTopicsToBrokers,
            boolean allTopicList,
            boolean topicList,
            Duration warmUp,
            String blackList) {}

    public NameserverConfig withNetwork(Network newNetwork) {
        return new NameserverConfig(newNetwork, files, brokers, answers);
    }

    /** RocketMQ's defaults, with files in {@code directory}. */
    public static NameserverConfig defaults(Path directory) {
        int cores = Runtime.getRuntime().availableProcessors();
        return new NameserverConfig(
                new Network(
                        "0.0.0.0",
                        DEFAULT_PORT,
                        Math.max(1, Math.min(cores, MOST_EVENT_LOOPS)),
                        LANE_THREADS,
                        10_000,
                        1024,
                        Duration.ofSeconds(120),
                        Duration.ZERO),
                new Files(directory.resolve("kvConfig.json"), directory.resolve("namesrv.properties")),
                new Brokers(Duration.ofSeconds(5), 3000, false, false),
                new Answers(
                        false, false, true, true, true, Duration.ZERO, "configBlackList;configStorePath;kvConfigPath"));
    }
}
