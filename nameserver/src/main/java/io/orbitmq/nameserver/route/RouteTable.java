package io.orbitmq.nameserver.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.nameserver.route.LiveBroker.Identity;
import io.orbitmq.protocol.body.route.BrokerMemberGroup;
import io.orbitmq.protocol.body.route.BrokerRoute;
import io.orbitmq.protocol.body.route.ClusterTable;
import io.orbitmq.protocol.body.route.QueueRoute;
import io.orbitmq.protocol.body.route.TopicRoute;
import io.orbitmq.protocol.body.topic.DataVersion;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.header.route.BrokerIdentityHeader;
import io.orbitmq.protocol.header.route.MinBrokerIdHeader;
import io.orbitmq.transport.Connection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which topic has queues on which brokers, and which brokers are alive (protocol/02 section 1). Memory only.
 *
 * <p>Threads: any; every method takes the one lock for as long as it needs to read or change maps, never for JSON or
 * the network. What is returned are immutable copies.
 */
public final class RouteTable {

    private static final int READ_WRITE = TopicConfig.READ | TopicConfig.WRITE;

    private final Clock clock;
    private final BrokerTable brokers = new BrokerTable();
    private final TopicTable topics = new TopicTable();

    public RouteTable(Clock clock) {
        this.clock = clock;
    }

    /**
     * Applies the rules of protocol/02 section 3.4.
     *
     * @param forgetMissingTopics whether topics that a full registration lacks are removed
     */
    public synchronized RegistrationOutcome register(Registration registration, boolean forgetMissingTopics) {
        return new RegistrationRules(brokers, topics, registration).apply(clock.nanos(), forgetMissingTopics);
    }

    /** Removes brokers in one pass over the topics; returns what the remaining replicas should be told. */
    synchronized List<MinIdChange> remove(List<Departure> departures) {
        List<MinIdChange> changes = new ArrayList<>();
        Set<String> gone = new HashSet<>();
        for (Departure departure : departures) {
            remove(departure, gone).ifPresent(changes::add);
        }
        if (!gone.isEmpty()) {
            topics.removeBrokers(gone);
        }
        return changes;
    }

    private Optional<MinIdChange> remove(Departure departure, Set<String> gone) {
        BrokerIdentityHeader broker = departure.broker();
        Identity identity = new Identity(broker.clusterName(), broker.brokerAddress());
        Optional<LiveBroker> live = brokers.findLive(identity);
        if (departure.onlyOver().isPresent()
                && live.filter(l -> l.connection() == departure.onlyOver().get())
                        .isEmpty()) {
            return Optional.empty();
        }
        brokers.removeLive(identity);
        Optional<BrokerEntry> found = brokers.find(broker.brokerName());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        BrokerEntry entry = found.get();
        long oldMinId = entry.minId();
        if (!entry.remove(broker.brokerAddress())) {
            return Optional.empty();
        }
        if (entry.isEmpty()) {
            brokers.forget(entry);
            gone.add(entry.brokerName());
            return Optional.empty();
        }
        if (!entry.enableActingMaster()) {
            return Optional.empty();
        }
        if (!entry.hasMaster()) {
            topics.changePermissions(entry.brokerName(), permission -> permission & ~TopicConfig.WRITE);
        }
        return entry.minId() == oldMinId
                ? Optional.empty()
                : Optional.of(new MinIdChange(
                        List.copyOf(entry.addresses().values()),
                        new MinBrokerIdHeader(
                                entry.minId(), entry.address(entry.minId()), broker.brokerAddress(), "")));
    }

    /** Brokers that registered over a connection. */
    synchronized List<BrokerIdentityHeader> brokersOver(Connection connection) {
        return identities(live -> live.connection() == connection);
    }

    /** Connections of brokers that were silent for longer than their timeout. */
    synchronized List<Connection> silentConnections() {
        long now = clock.nanos();
        return brokers.live(live -> live.isSilentAt(now)).stream()
                .map(LiveBroker::connection)
                .toList();
    }

    private List<BrokerIdentityHeader> identities(Predicate<LiveBroker> wanted) {
        List<BrokerIdentityHeader> identities = new ArrayList<>();
        for (LiveBroker live : brokers.live(wanted)) {
            Identity identity = live.identity();
            String name =
                    brokers.holderOf(identity).map(BrokerEntry::brokerName).orElse("");
            identities.add(new BrokerIdentityHeader(name, identity.address(), identity.cluster(), 0));
        }
        return identities;
    }

    /**
     * The version under which a broker's topics are known, and a sign of life of it.
     *
     * @return empty for an unknown broker
     */
    public synchronized Optional<DataVersion> heardOf(String cluster, String address) {
        Optional<LiveBroker> live = brokers.findLive(new Identity(cluster, address));
        live.ifPresent(broker -> brokers.putLive(broker.heardOfAt(clock.nanos())));
        return live.map(LiveBroker::version);
    }

    /**
     * The route of a topic that has queues on at least one known broker.
     *
     * @param supportActingMaster whether the smallest id of a broker without master is shown as master where it may be
     */
    public synchronized Optional<TopicRoute> route(String topic, boolean supportActingMaster) {
        List<QueueRoute> queues = topics.queues(topic);
        List<BrokerRoute> found = new ArrayList<>();
        for (QueueRoute queue : queues) {
            brokers.find(queue.brokerName())
                    .map(BrokerEntry::toRoute)
                    .map(broker -> supportActingMaster ? ActingMaster.show(topic, broker, queue) : broker)
                    .ifPresent(found::add);
        }
        Map<String, JsonNode> mappings = topics.mappings(topic);
        return found.isEmpty() ? Optional.empty() : Optional.of(new TopicRoute(queues, found, "", mappings));
    }

    public synchronized ClusterTable clusters() {
        return brokers.toClusterTable();
    }

    /** The replicas of a broker name; empty for an unknown one. */
    public synchronized BrokerMemberGroup members(String cluster, String brokerName) {
        return new BrokerMemberGroup(
                cluster,
                brokerName,
                brokers.find(brokerName).map(BrokerEntry::addresses).orElseGet(TreeMap::new));
    }

    /** Names of topics of which {@code wanted} accepts any entry. */
    public synchronized List<String> topics(Predicate<QueueRoute> wanted) {
        return topics.names(wanted);
    }

    /** Names of topics with queues on any broker of the cluster. */
    public synchronized List<String> topicsOf(String cluster) {
        Set<String> members = brokers.brokersOf(cluster);
        return members.isEmpty() ? List.of() : topics.names(queue -> members.contains(queue.brokerName()));
    }

    /** Names of clusters and brokers, which are topics of their own. */
    public synchronized Set<String> clusterAndBrokerNames() {
        Set<String> names = new TreeSet<>(brokers.clusterNames());
        names.addAll(brokers.brokerNames());
        return names;
    }

    /** One address of any broker, empty for none. */
    public synchronized String anyBrokerAddress() {
        return brokers.anyAddress();
    }

    /** Takes the write permission from every topic of a broker name; returns the number of entries. */
    public synchronized int wipeWritePermission(String brokerName) {
        return topics.changePermissions(brokerName, permission -> permission & ~TopicConfig.WRITE);
    }

    /** Sets every topic of a broker name to read and write; returns the number of entries. */
    public synchronized int addWritePermission(String brokerName) {
        return topics.changePermissions(brokerName, permission -> READ_WRITE);
    }

    /** Forgets a topic on all brokers, or on those of one cluster when that is not empty. */
    public synchronized void deleteTopic(String topic, String cluster) {
        if (cluster.isEmpty()) {
            topics.remove(topic);
        } else {
            topics.remove(topic, brokers.brokersOf(cluster));
        }
    }

    /** Replaces a topic's entries for the named brokers, up to the first that is unknown. */
    public synchronized void registerTopic(String topic, List<QueueRoute> queues) {
        for (QueueRoute queue : queues) {
            if (brokers.find(queue.brokerName()).isEmpty()) {
                return;
            }
            topics.put(topic, queue);
        }
    }
}
