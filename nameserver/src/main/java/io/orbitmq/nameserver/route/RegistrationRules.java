package io.orbitmq.nameserver.route;

import io.orbitmq.nameserver.route.LiveBroker.Identity;
import io.orbitmq.protocol.body.route.BrokerRoute;
import io.orbitmq.protocol.body.route.QueueRoute;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.header.route.MinBrokerIdHeader;
import io.orbitmq.protocol.header.route.RegisterBrokerHeader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The rules of protocol/02 section 3.4 for one registration, in order; everything that can refuse it is asked before
 * anything changes. Guarded by the lock of {@link RouteTable}.
 */
final class RegistrationRules {

    private static final long DEFAULT_TIMEOUT_MS = 120_000;

    private final BrokerTable brokers;
    private final TopicTable topics;
    private final Registration registration;
    private final RegisterBrokerHeader header;
    private final Identity identity;

    RegistrationRules(BrokerTable brokers, TopicTable topics, Registration registration) {
        this.brokers = brokers;
        this.topics = topics;
        this.registration = registration;
        this.header = registration.header();
        this.identity = new Identity(header.clusterName(), header.brokerAddress());
    }

    RegistrationOutcome apply(long nowNanos, boolean forgetMissingTopics) {
        if (header.clusterName().isEmpty()
                || header.brokerName().isEmpty()
                || header.brokerAddress().isEmpty()) {
            return new RegistrationOutcome.Refused("register broker failed: clusterName, brokerName and brokerAddr are"
                    + " needed, found '" + header.clusterName() + "', '" + header.brokerName() + "' and '"
                    + header.brokerAddress() + "'");
        }
        Optional<BrokerEntry> before = brokers.find(header.brokerName());
        String oldAddress =
                before.map(entry -> entry.address(header.brokerId())).orElse("");
        if (isOutdated(oldAddress)) {
            brokers.removeLive(identity);
            return new RegistrationOutcome.Outdated();
        }
        boolean first = oldAddress.isEmpty();
        if (first && registration.table().topics().size() == 1) {
            return new RegistrationOutcome.Refused("register broker failed: the first registration of "
                    + header.brokerName() + " must have all topics, found one");
        }
        boolean minIdChanged =
                header.brokerId() < before.map(BrokerEntry::minId).orElse(0L);
        BrokerEntry entry = brokers.join(header.clusterName(), header.brokerName());
        entry.describe(header.clusterName(), header.enableActingMaster().orElse(false), header.zoneName());
        entry.put(header.brokerId(), header.brokerAddress());
        applyTopics(entry, first, forgetMissingTopics);
        brokers.putLive(new LiveBroker(
                identity,
                nowNanos,
                TimeUnit.MILLISECONDS.toNanos(timeoutMs()),
                registration.table().version(),
                registration.connection(),
                header.haAddress()));
        return registered(entry, minIdChanged);
    }

    private boolean isOutdated(String oldAddress) {
        if (oldAddress.isEmpty() || oldAddress.equals(header.brokerAddress())) {
            return false;
        }
        long newState = registration.table().version().stateVersion();
        return brokers.findLive(new Identity(header.clusterName(), oldAddress))
                .filter(old -> old.version().stateVersion() > newState)
                .isPresent();
    }

    private long timeoutMs() {
        return header.heartbeatTimeoutMs() > 0 ? header.heartbeatTimeoutMs() : DEFAULT_TIMEOUT_MS;
    }

    private boolean isMaster() {
        return header.brokerId() == BrokerRoute.MASTER_ID;
    }

    private void applyTopics(BrokerEntry entry, boolean first, boolean forgetMissingTopics) {
        boolean primeSlave =
                header.enableActingMaster().isPresent() && !isMaster() && header.brokerId() == entry.minId();
        if (!isMaster() && !primeSlave) {
            return;
        }
        Map<String, TopicConfig> configs = registration.table().topics();
        if (forgetMissingTopics && registration.table().mappings().isEmpty()) {
            topics.retain(header.brokerName(), configs);
        }
        boolean changed = first
                || brokers.findLive(identity)
                        .filter(live ->
                                live.version().equals(registration.table().version()))
                        .isEmpty();
        int mask = primeSlave && entry.enableActingMaster() ? ~TopicConfig.WRITE : ~0;
        configs.forEach((topic, config) -> {
            if (changed || !topics.has(topic, header.brokerName())) {
                topics.put(topic, queues(config, mask));
            }
        });
        registration
                .table()
                .mappings()
                .forEach((topic, mapping) -> topics.putMapping(topic, header.brokerName(), mapping));
    }

    private QueueRoute queues(TopicConfig config, int permissionMask) {
        return new QueueRoute(
                header.brokerName(),
                config.readQueues(),
                config.writeQueues(),
                config.permission() & permissionMask,
                config.sysFlag());
    }

    private RegistrationOutcome registered(BrokerEntry entry, boolean minIdChanged) {
        String masterAddress = isMaster() ? "" : entry.address(BrokerRoute.MASTER_ID);
        Optional<LiveBroker> master = brokers.findLive(new Identity(header.clusterName(), masterAddress));
        return new RegistrationOutcome.Registered(
                master.isPresent() ? masterAddress : "",
                master.map(LiveBroker::haAddress).orElse(""),
                minIdChanged ? Optional.of(minIdChange(entry)) : Optional.empty());
    }

    /** Told to all replicas but the new minimum, or to it when it is alone. */
    private MinIdChange minIdChange(BrokerEntry entry) {
        String minAddress = entry.address(entry.minId());
        List<String> others = entry.addresses().values().stream()
                .filter(address -> !address.equals(minAddress))
                .toList();
        return new MinIdChange(
                others.isEmpty() ? List.of(minAddress) : others,
                new MinBrokerIdHeader(entry.minId(), minAddress, "", header.haAddress()));
    }
}
