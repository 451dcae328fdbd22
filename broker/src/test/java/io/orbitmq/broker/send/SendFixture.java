package io.orbitmq.broker.send;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.dedup.RepeatedSends;
import io.orbitmq.broker.delay.DelayTable;
import io.orbitmq.broker.delay.DelayedSends;
import io.orbitmq.broker.fake.MemoryStore;
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
import io.orbitmq.protocol.body.queue.MessageQueueKey;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.message.UniqueKeyGenerator;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.testkit.SimulatedScheduler;
import io.orbitmq.transport.fake.RecordingConnection;
import io.orbitmq.transport.fake.RecordingExchange;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A send handler over a store in memory, and ways to ask it. */
final class SendFixture {

    final SimulatedClock clock = new SimulatedClock();
    final SimulatedScheduler scheduler = new SimulatedScheduler(clock);
    final LiveConfig config = new LiveConfig(BrokerConfig.defaults(Path.of("store")));
    final TopicTable topicTable = new TopicTable();
    final GroupConfigTable groupTable = new GroupConfigTable();
    final MemoryStore store = new MemoryStore(clock, topicTable, groupTable);
    final StateLog log = new StateLog(store);
    final Topics topics = new Topics(topicTable, log, clock);
    final GroupConfigs groups = new GroupConfigs(groupTable, log, clock, config);
    final QueueLocks<MessageQueueKey> locks = new QueueLocks<>(clock, Duration.ofSeconds(60));
    final List<String> traffic = new ArrayList<>();
    final RecordingConnection connection = new RecordingConnection(37914);
    final DurableAnswers durable = new DurableAnswers(store, scheduler, clock, Duration.ofSeconds(5));
    final SendHandler handler;

    SendFixture() {
        topics.ensureSystemTopics(SystemTopics.of(config.get()));
        topics.put(TopicConfig.of("TopicA", 4, 4, 6));
        handler = new SendAssembly(
                        config,
                        topics,
                        new QueueHandles(store, topics),
                        new RetryRule(groups, new RetryTopics(topics, groups), locks),
                        new DelayedSends(
                                config, store, new DelayTable(config.get().delays()), clock),
                        store,
                        durable,
                        new AdvertisedAddress("127.0.0.1", 20210),
                        new UniqueKeyGenerator(InetAddress.getLoopbackAddress(), 1, 2, clock, ZoneOffset.UTC),
                        recorder(),
                        new RepeatedSends(config, store, scheduler, clock),
                        clock)
                .handler();
    }

    private TrafficRecorder recorder() {
        return new TrafficRecorder() {
            @Override
            public void sent(String topic, int count, long bytes) {
                traffic.add(topic + " " + count + " " + bytes);
            }

            @Override
            public void pulled(String group, String topic, int count, long bytes) {}

            @Override
            public void sentBack(String group, String topic, int count) {}

            @Override
            public void missed() {}
        };
    }

    /** A message as a 5.x client sends it; {@code ^} and {@code ~} stand for the separators of properties. */
    static Fields.Builder fields(String topic, int queueId, String properties) {
        return Fields.builder()
                .put("a", "PG_T1")
                .put("b", topic)
                .put("c", "TBW102")
                .put("d", "4")
                .put("e", queueId)
                .put("f", "0")
                .put("g", "1795225017881")
                .put("h", "7")
                .put("i", encoded(properties))
                .put("j", "0")
                .put("k", "false")
                .put("m", "false")
                .put("n", "broker-a");
    }

    static String encoded(String properties) {
        return properties.replace('^', '\u0001').replace('~', '\u0002');
    }

    static Command message(Fields.Builder fields) {
        return request(310, fields, "hello".getBytes(StandardCharsets.UTF_8));
    }

    static Command request(int code, Fields.Builder fields, byte[] body) {
        return Command.request(code, fields.build(), ByteBuffer.wrap(body));
    }

    /** Handles the request and ends the turn. */
    RecordingExchange send(Command request) {
        RecordingExchange exchange = new RecordingExchange(request, connection);
        handler.handle(exchange);
        exchange.endTurn();
        return exchange;
    }

    Command answer(Fields.Builder fields) {
        return send(message(fields)).response();
    }
}
