package io.orbitmq.broker.manage;

import com.fasterxml.jackson.databind.JsonNode;
import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.dedup.RepeatedSends;
import io.orbitmq.broker.delay.DelayFigures;
import io.orbitmq.broker.delay.DelayProgress;
import io.orbitmq.broker.delay.LevelProgress;
import io.orbitmq.broker.fake.ReadableStore;
import io.orbitmq.broker.group.ConsumerGroups;
import io.orbitmq.broker.group.ConsumerMode;
import io.orbitmq.broker.group.GroupConfigTable;
import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.group.Member;
import io.orbitmq.broker.group.MemberNotices;
import io.orbitmq.broker.group.ProducerGroups;
import io.orbitmq.broker.longpoll.HeldRequest;
import io.orbitmq.broker.longpoll.HeldRequest.Waiting;
import io.orbitmq.broker.longpoll.HeldRequests;
import io.orbitmq.broker.longpoll.LongPollConfig;
import io.orbitmq.broker.offset.ConsumerOffsets;
import io.orbitmq.broker.offset.OffsetTable;
import io.orbitmq.broker.request.AdvertisedAddress;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.broker.topic.TopicTable;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.broker.traffic.TrafficMeter;
import io.orbitmq.protocol.body.client.ConsumeType;
import io.orbitmq.protocol.body.client.MessageModel;
import io.orbitmq.protocol.body.client.Subscription;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.frame.Language;
import io.orbitmq.protocol.json.Json;
import io.orbitmq.store.ReadRequest.RecordFilter;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.testkit.SimulatedScheduler;
import io.orbitmq.transport.Connection;
import io.orbitmq.transport.RequestHandler;
import io.orbitmq.transport.fake.RecordingConnection;
import io.orbitmq.transport.fake.RecordingExchange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Everything that administration works with, in memory, and a way to ask. */
public final class ManageFixture {

    public final SimulatedClock clock = new SimulatedClock();
    public final LiveConfig config = new LiveConfig(BrokerConfig.defaults(Path.of("store")));
    public final RecordingConnection client = new RecordingConnection(40_100);
    public final TrafficMeter traffic = new TrafficMeter(clock, ZoneId.of("UTC"));
    public final ProducerGroups producers = new ProducerGroups();
    public final List<String> announced = new ArrayList<>();
    public final Map<String, String> kept = new LinkedHashMap<>();
    public final Map<String, String> atStart = new LinkedHashMap<>();

    private final TopicTable topicTable = new TopicTable();
    private final GroupConfigTable groupTable = new GroupConfigTable();
    private final OffsetTable offsetTable = new OffsetTable();

    public final ReadableStore store = new ReadableStore(clock, topicTable, groupTable, offsetTable);
    private final StateLog log = new StateLog(store);
    public final Topics topics = new Topics(topicTable, log, clock);
    public final GroupConfigs groupConfigs = new GroupConfigs(groupTable, log, clock, config);
    public final ConsumerGroups groups = new ConsumerGroups(new MemberNotices(config, groupConfigs));
    public final ConsumerOffsets offsets = new ConsumerOffsets(offsetTable, log);
    public final HeldRequests held = new HeldRequests(clock, new SimulatedScheduler(clock), LongPollConfig.of(100));
    public CompletableFuture<Void> announcement = CompletableFuture.completedFuture(null);

    /** What tests say about delayed delivery. */
    public DelayProgress delays = new DelayProgress() {
        @Override
        public List<LevelProgress> levels() {
            return List.of(new LevelProgress(3, 5, 8), new LevelProgress(4, 1, 1));
        }

        @Override
        public DelayFigures figures() {
            return new DelayFigures(3, 4, 2, 10, 0, 0, 1, 0);
        }
    };

    public ManageParts parts() {
        return new ManageParts(
                config,
                new Operator(),
                new AdvertisedAddress("127.0.0.1", 10911),
                topics,
                groupConfigs,
                groups,
                producers,
                offsets,
                held,
                store,
                traffic,
                names -> {
                    announced.addAll(names.isEmpty() ? List.of("everything") : names);
                    return announcement;
                },
                delays,
                new RepeatedSends(config, store, new SimulatedScheduler(clock), clock),
                clock);
    }

    /** A topic with four queues. */
    public void topic(String name) {
        topics.put(TopicConfig.of(name, 4, 4, 6));
    }

    /** A live group whose only member is {@link #client}. */
    public void liveGroup(String group, String... subscribedTopics) {
        groupConfigs.findOrCreate(group);
        List<Subscription> subscriptions = new ArrayList<>();
        for (String topic : subscribedTopics) {
            subscriptions.add(new Subscription(topic, "*", List.of(), List.of(), 1, "TAG", false));
        }
        groups.join(group, member("client-1", client), mode(), subscriptions);
    }

    public Member member(String clientId, Connection connection) {
        return new Member(connection, clientId, Language.JAVA, 479, clock.nanos());
    }

    private static ConsumerMode mode() {
        return new ConsumerMode(ConsumeType.CONSUME_PASSIVELY, MessageModel.CLUSTERING, "CONSUME_FROM_FIRST_OFFSET");
    }

    /** Holds a pull of the group; the list gets its name when it runs again. */
    public void holdPull(String group, String topic, List<String> ran) {
        held.hold(new HeldRequest(
                new Waiting(group, store.queue(topic, 0), store.queue(topic, 0).maxOffset(), RecordFilter.ALL),
                client,
                clock.nanos() + 1_000_000_000L,
                () -> ran.add(group)));
    }

    public RecordingExchange send(RequestHandler handler, int code, String body, String... namesAndValues) {
        Command request = Command.request(
                code, Fields.of(namesAndValues), ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
        RecordingExchange exchange = new RecordingExchange(request);
        handler.handle(exchange);
        return exchange;
    }

    public Command ask(RequestHandler handler, int code, String... namesAndValues) {
        return send(handler, code, "", namesAndValues).response();
    }

    public Command post(RequestHandler handler, int code, String body) {
        return send(handler, code, body).response();
    }

    /** The body of a successful answer. */
    public JsonNode json(RequestHandler handler, int code, String... namesAndValues) {
        Command answer = ask(handler, code, namesAndValues);
        if (answer.code() != 0) {
            throw new AssertionError("expected success, got " + answer.code() + " " + answer.remark());
        }
        return Json.read(answer.body());
    }

    private final class Operator implements OperatorSettings {

        @Override
        public Map<String, String> atStart() {
            return atStart;
        }

        @Override
        public void keep(Map<String, String> changes) {
            kept.putAll(changes);
        }
    }
}
