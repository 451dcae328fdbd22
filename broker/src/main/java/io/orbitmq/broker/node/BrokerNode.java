package io.orbitmq.broker.node;

import io.netty.buffer.PooledByteBufAllocator;
import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.DelaySettings;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.NetworkSettings;
import io.orbitmq.broker.delay.DelayMachine;
import io.orbitmq.broker.delay.RecallHandler;
import io.orbitmq.broker.manage.Announcer;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.pop.PopParts;
import io.orbitmq.broker.pop.Pops;
import io.orbitmq.broker.pull.PullHandler;
import io.orbitmq.broker.pull.PullParts;
import io.orbitmq.broker.registration.NameserverRegistration;
import io.orbitmq.broker.registration.TopicRoutes;
import io.orbitmq.broker.send.RetryRule;
import io.orbitmq.broker.send.SendAssembly;
import io.orbitmq.broker.takeover.StoreTakeover;
import io.orbitmq.broker.takeover.StoredTopics;
import io.orbitmq.broker.topic.SystemTopics;
import io.orbitmq.broker.transaction.Transactions;
import io.orbitmq.foundation.schedule.Scheduler;
import io.orbitmq.foundation.schedule.Scheduler.Scheduled;
import io.orbitmq.protocol.message.UniqueKeyGenerator;
import io.orbitmq.store.StateTable;
import io.orbitmq.store.node.LocalMessageStore;
import io.orbitmq.transport.ConnectionListener;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.client.ClientConfig;
import io.orbitmq.transport.client.RemotingClient;
import io.orbitmq.transport.server.RemotingServer;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One broker: opens its store, serves its ports, registers at its nameservers, and stops in order. {@link #open}, {@link
 * #start} and {@link #close} are for the owner's thread.
 *
 * <pre>
 * open    store (recovers, fills the tables) -> parts -> what Apache RocketMQ left -> system topics and groups
 * start   main port -> VIP port -> upkeep -> first registration
 * close   unregister -> answer and close connections -> flush offsets -> store
 * </pre>
 */
public final class BrokerNode implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerNode.class);
    private static final Duration FIRST_REGISTRATION_LIMIT = Duration.ofSeconds(5);
    private static final Duration UNREGISTER_LIMIT = Duration.ofSeconds(3);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);
    private static final Duration WAKE_PERIOD = Duration.ofMillis(20);

    private final BrokerParts broker;
    private final LocalMessageStore store;
    private final Scheduler storeScheduler;
    private final Upkeep upkeep;
    private final RemotingClient client;
    private final NameserverRegistration registration;
    private final RemotingServer server;
    private final ColdReads coldReads;
    private final Transactions transactions;
    private final DelayMachine delays;
    private final Pops pops;
    private final BrokerTable table;
    private int port;
    private int vipPort;
    private boolean closed;

    private BrokerNode(
            BrokerParts broker, LocalMessageStore store, Scheduler storeScheduler, NodeSurroundings surroundings) {
        this.broker = broker;
        this.store = store;
        this.storeScheduler = storeScheduler;
        this.upkeep = new Upkeep(broker);
        this.client = new RemotingClient(
                ClientConfig.defaults().withName("broker-client"),
                HandlerTable.builder().build(),
                ConnectionListener.NONE,
                broker.clock);
        this.registration =
                new NameserverRegistration(broker.config, broker.address, broker.topics, client, broker.scheduler);
        this.coldReads = new ColdReads("broker-cold-read");
        UniqueKeyGenerator uniqueKeys = uniqueKeys();
        this.pops = broker.pops(popMachine(surroundings, uniqueKeys));
        this.server = new RemotingServer(
                ServerSettings.of(broker.config.get().network()), new NodeConnections(broker, pops), broker.clock);
        this.transactions = broker.transactions(surroundings.schedulers().apply("broker-transactions"));
        this.delays = broker.delays(surroundings.schedulers().apply("broker-delay"));
        this.table = new BrokerTable(
                broker,
                sends(uniqueKeys),
                new BrokerFeatures(
                        pullHandler(),
                        new RecallHandler(broker.config, broker.topics, delays, broker.clock),
                        transactions,
                        pops,
                        broker.assignments(new TopicRoutes(broker.config, client, broker.clock))),
                manageParts(surroundings));
    }

    /**
     * Opens the broker's store; nothing is served yet.
     *
     * @throws IOException with a sentence for the operator
     */
    public static BrokerNode open(BrokerConfig config, NodeSurroundings surroundings) throws IOException {
        Scheduler storeScheduler = surroundings.schedulers().apply("store-scheduler");
        StateTables tables = StateTables.empty(config.delays());
        StoreTakeover takeover;
        LocalMessageStore store;
        try {
            takeover = StoreTakeover.look(surroundings.disk(), config.store().rootDirectory());
            store = LocalMessageStore.open(
                    config.store(), tables.all(), surroundings.disk(), surroundings.clock(), storeScheduler);
        } catch (IOException | RuntimeException e) {
            storeScheduler.close();
            throw e;
        }
        Scheduler scheduler = surroundings.schedulers().apply("broker-scheduler");
        try {
            BrokerParts broker = new BrokerParts(config, tables, store, surroundings.clock(), scheduler);
            store.showRecoveredTail(config.sends().duplicates().closeWindow(), broker.repeats::recovered);
            takeover.run(broker.takeover(tables.takeover(), new StoredTopics(store::topics, store::deleteTopicQueues)));
            broker.topics.ensureSystemTopics(SystemTopics.of(config)).join();
            broker.groupConfigs.ensureBuiltInGroups().join();
            return new BrokerNode(broker, store, storeScheduler, surroundings);
        } catch (IOException | RuntimeException e) {
            store.close();
            scheduler.close();
            storeScheduler.close();
            throw e;
        }
    }

    /** The tables a broker opens its store with, as yet empty: for tools that look at a store which no broker has open. */
    public static List<StateTable> emptyTables(DelaySettings delays) {
        return StateTables.empty(delays).all();
    }

    /** Serves the ports and registers; returns when every nameserver answered once, or after 5 s. */
    public void start() {
        NetworkSettings network = broker.config.get().network();
        port = server.listen(network.listenPort(), table.mainPort());
        broker.address.listensOn(port);
        if (network.vipListenerEnabled()) {
            vipPort = server.listen(network.vipPort(), table.vipPort());
        }
        upkeep.start();
        transactions.start();
        delays.start();
        pops.start();
        broker.topics.addListener(registration);
        awaitQuietly(registration.start(), FIRST_REGISTRATION_LIMIT);
        LOG.info(
                "event=broker-started name={} cluster={} address={} vipPort={} topics={} nameservers={}",
                broker.config.get().identity().brokerName(),
                broker.config.get().identity().clusterName(),
                broker.address.text(),
                vipPort,
                broker.topics.all().size(),
                broker.config.get().nameservers().addresses());
    }

    /** The main port that was bound. */
    public int port() {
        return port;
    }

    /** The VIP port that was bound, 0 when there is none. */
    public int vipPort() {
        return vipPort;
    }

    /** The settings in force. */
    public LiveConfig config() {
        return broker.config;
    }

    /** Stops: leaves the nameservers, answers what is in work, writes offsets, closes the store. Repeated calls do nothing. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        awaitQuietly(registration.stop(), UNREGISTER_LIMIT);
        Scheduled waking = broker.scheduler.every(Duration.ZERO, WAKE_PERIOD, broker.held::wakeAll);
        pops.release();
        server.stop(ANSWER_LIMIT);
        waking.cancel();
        upkeep.stop();
        transactions.stop();
        delays.close();
        pops.close();
        coldReads.stop(ANSWER_LIMIT);
        client.close();
        broker.offsets.flush();
        try {
            store.close();
        } finally {
            broker.scheduler.close();
            storeScheduler.close();
            LOG.info(
                    "event=broker-stopped name={}",
                    broker.config.get().identity().brokerName());
        }
    }

    private UniqueKeyGenerator uniqueKeys() {
        return new UniqueKeyGenerator(
                broker.address.storeHost().toSocketAddress().getAddress(),
                ProcessHandle.current().pid(),
                System.identityHashCode(this),
                broker.clock,
                ZoneId.systemDefault());
    }

    private PopParts.Machine popMachine(NodeSurroundings surroundings, UniqueKeyGenerator uniqueKeys) {
        return new PopParts.Machine(
                broker.clock,
                broker.scheduler,
                surroundings.schedulers().apply("broker-pop"),
                coldReads,
                PooledByteBufAllocator.DEFAULT,
                uniqueKeys::next,
                bound -> ThreadLocalRandom.current().nextInt(bound),
                Runtime.getRuntime().maxMemory());
    }

    private SendAssembly sends(UniqueKeyGenerator uniqueKeys) {
        return new SendAssembly(
                broker.config,
                broker.topics,
                broker.queues,
                new RetryRule(broker.groupConfigs, broker.retryTopics, broker.locks),
                broker.delayedSends,
                broker.store,
                broker.durable,
                broker.address,
                uniqueKeys,
                broker.traffic,
                broker.repeats,
                broker.clock);
    }

    private PullHandler pullHandler() {
        return new PullHandler(new PullParts(
                broker.config,
                broker.topics,
                broker.groupConfigs,
                broker.consumers,
                broker.filters,
                broker.offsets,
                broker.store,
                broker.held,
                coldReads,
                broker.traffic,
                PooledByteBufAllocator.DEFAULT,
                broker.clock));
    }

    private ManageParts manageParts(NodeSurroundings surroundings) {
        Announcer announcer = topics -> topics.isEmpty() ? registration.refreshAll() : registration.publish(topics);
        return new ManageParts(
                broker.config,
                surroundings.operatorSettings(),
                broker.address,
                broker.topics,
                broker.groupConfigs,
                broker.consumers,
                broker.producers,
                broker.offsets,
                broker.held,
                broker.store,
                broker.traffic,
                announcer,
                delays,
                broker.repeats,
                broker.clock);
    }

    private static void awaitQuietly(CompletableFuture<Void> work, Duration limit) {
        try {
            work.completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            LOG.warn("event=nameserver-round-failed reason=\"{}\"", e.getMessage());
        }
    }
}
