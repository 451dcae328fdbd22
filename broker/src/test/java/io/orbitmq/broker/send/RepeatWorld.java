package io.orbitmq.broker.send;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.dedup.RepeatedSends;
import io.orbitmq.broker.delay.DelayTable;
import io.orbitmq.broker.delay.DelayedSends;
import io.orbitmq.broker.fake.SmallStore;
import io.orbitmq.broker.fake.StoredRecords;
import io.orbitmq.broker.group.GroupConfigTable;
import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.group.QueueLocks;
import io.orbitmq.broker.group.RetryTopics;
import io.orbitmq.broker.request.AdvertisedAddress;
import io.orbitmq.broker.request.DurableAnswers;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.broker.topic.QueueHandles;
import io.orbitmq.broker.topic.SystemTopics;
import io.orbitmq.broker.topic.TopicTable;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.broker.traffic.TrafficRecorder;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.message.UniqueKeyGenerator;
import io.orbitmq.store.node.SteppedStore;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.testkit.SimulatedScheduler;
import io.orbitmq.testkit.disk.SimulatedDisk;
import io.orbitmq.transport.fake.RecordingConnection;
import io.orbitmq.transport.fake.RecordingExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sends over the real store on a simulated disk, with connections that break and a broker that crashes. */
final class RepeatWorld {

    static final String TOPIC = "TopicA";
    static final String STRICT = "TopicStrict";
    static final String OFF = "TopicOff";

    private static final Path ROOT = Path.of("/sim/store");

    final SimulatedClock clock = new SimulatedClock();
    final SimulatedDisk disk;
    final LiveConfig config = new LiveConfig(
            BrokerConfig.defaults(ROOT).withStore(new SmallStore(1 << 20, Duration.ofMinutes(10)).in(ROOT)));
    SimulatedScheduler scheduler;
    /** Of its own: a checkpoint would flush what a test holds back. */
    SimulatedScheduler storeScheduler;

    SteppedStore store;
    RepeatedSends repeats;
    Topics topics;
    private SendHandler handler;
    private int nextPort = 40_000;

    RepeatWorld(long seed) throws IOException {
        disk = new SimulatedDisk(seed);
        open();
    }

    /** Starts the broker as it starts after whatever happened before. */
    void open() throws IOException {
        scheduler = new SimulatedScheduler(clock);
        storeScheduler = new SimulatedScheduler(clock);
        TopicTable topicTable = new TopicTable();
        GroupConfigTable groupTable = new GroupConfigTable();
        DelayTable delayTable = new DelayTable(config.get().delays());
        store = SteppedStore.open(
                config.get().store(), List.of(topicTable, groupTable, delayTable), disk, clock, storeScheduler);
        StateLog log = new StateLog(store);
        topics = new Topics(topicTable, log, clock);
        topics.ensureSystemTopics(SystemTopics.of(config.get()));
        topics.createIfAbsent(TopicConfig.of(TOPIC, 4, 4, 6));
        topics.createIfAbsent(withMode(STRICT, "STRICT"));
        topics.createIfAbsent(withMode(OFF, "OFF"));
        store.endTurn();
        GroupConfigs groups = new GroupConfigs(groupTable, log, clock, config);
        DurableAnswers durable = new DurableAnswers(store, scheduler, clock, Duration.ofSeconds(5));
        repeats = new RepeatedSends(config, store, scheduler, clock);
        durable.onSlow(config.get().sends().duplicates().slowAnswer(), repeats::late);
        store.showRecoveredTail(config.get().sends().duplicates().closeWindow(), repeats::recovered);
        handler = new SendAssembly(
                        config,
                        topics,
                        new QueueHandles(store, topics),
                        new RetryRule(
                                groups,
                                new RetryTopics(topics, groups),
                                new QueueLocks<>(clock, Duration.ofSeconds(60))),
                        new DelayedSends(config, store, delayTable, clock),
                        store,
                        durable,
                        new AdvertisedAddress("127.0.0.1", 20210),
                        new UniqueKeyGenerator(InetAddress.getLoopbackAddress(), 1, 2, clock, ZoneOffset.UTC),
                        TrafficRecorder.NONE,
                        repeats,
                        clock)
                .handler();
    }

    private static TopicConfig withMode(String name, String mode) {
        return new TopicConfig(name, 4, 4, 6, TopicConfig.SINGLE_TAG, 0, false, Map.of("send.dedup", mode));
    }

    /** The machine loses power; whoever is connected is not any more. */
    void crash() throws IOException {
        disk.crash();
        open();
    }

    RecordingConnection connect() {
        RecordingConnection connection = new RecordingConnection(nextPort++);
        repeats.opened(connection);
        return connection;
    }

    void cut(RecordingConnection connection) {
        connection.close();
        repeats.closed(connection);
    }

    void pass(Duration time) {
        for (long ms = 0; ms < time.toMillis(); ms += 100) {
            scheduler.advance(Duration.ofMillis(100));
        }
        repeats.expire();
    }

    /** Handles the request and ends the turn; while the store is held there is no answer yet. */
    RecordingExchange send(RecordingConnection connection, Command request) {
        RecordingExchange exchange = new RecordingExchange(request, connection);
        handler.handle(exchange);
        exchange.endTurn();
        return exchange;
    }

    Fields.Builder fields(String topic, String properties) {
        return SendFixture.fields(topic, 1, properties).put("g", clock.epochMs());
    }

    Command message(String topic, String properties, String body) {
        return SendFixture.request(310, fields(topic, properties), body.getBytes(StandardCharsets.UTF_8));
    }

    /** The records of a queue, oldest first. */
    List<ByteBuffer> records(String topic, int queueId) {
        return StoredRecords.of(store, topic, queueId);
    }

    List<String> bodies(String topic) {
        List<String> bodies = new ArrayList<>();
        for (int queueId = 0; queueId < 4; queueId++) {
            records(topic, queueId).stream().map(StoredRecords::body).forEach(bodies::add);
        }
        return bodies;
    }
}
