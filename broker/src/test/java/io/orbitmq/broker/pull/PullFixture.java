package io.orbitmq.broker.pull;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.fake.ReadableStore;
import io.orbitmq.broker.filter.SubscriptionFilters;
import io.orbitmq.broker.group.ConsumerGroups;
import io.orbitmq.broker.group.ConsumerMode;
import io.orbitmq.broker.group.GroupConfigTable;
import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.group.Member;
import io.orbitmq.broker.group.MemberNotices;
import io.orbitmq.broker.longpoll.HeldRequests;
import io.orbitmq.broker.longpoll.LongPollConfig;
import io.orbitmq.broker.offset.ConsumerOffsets;
import io.orbitmq.broker.offset.OffsetTable;
import io.orbitmq.broker.request.FailureAnswers;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.broker.topic.TopicTable;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.broker.traffic.TrafficMeter;
import io.orbitmq.protocol.body.client.ConsumeType;
import io.orbitmq.protocol.body.client.MessageModel;
import io.orbitmq.protocol.body.client.Subscription;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.frame.Language;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.testkit.SimulatedScheduler;
import io.orbitmq.transport.fake.RecordingConnection;
import io.orbitmq.transport.fake.RecordingExchange;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

/** A pull handler with everything around it: topic T of two queues, group G subscribed to all of T by heartbeat. */
final class PullFixture {

    final SimulatedClock clock = new SimulatedClock();
    final SimulatedScheduler scheduler = new SimulatedScheduler(clock);
    final LiveConfig config = new LiveConfig(BrokerConfig.defaults(Path.of("store")));
    final RecordingConnection connection = new RecordingConnection();
    final Deque<Runnable> coldReads = new ArrayDeque<>();
    final TrafficMeter traffic = new TrafficMeter(clock, ZoneId.of("UTC"));

    private final TopicTable topicTable = new TopicTable();
    private final GroupConfigTable groupTable = new GroupConfigTable();
    private final OffsetTable offsetTable = new OffsetTable();

    final ReadableStore store = new ReadableStore(clock, topicTable, groupTable, offsetTable);
    private final StateLog log = new StateLog(store);
    final Topics topics = new Topics(topicTable, log, clock);
    final GroupConfigs groupConfigs = new GroupConfigs(groupTable, log, clock, config);
    final ConsumerGroups groups = new ConsumerGroups(new MemberNotices(config, groupConfigs));
    final ConsumerOffsets offsets = new ConsumerOffsets(offsetTable, log);
    final HeldRequests held = new HeldRequests(clock, scheduler, LongPollConfig.of(100));
    final PullHandler handler;

    private final Map<String, String> fields = new HashMap<>();
    int coldReadLimit = 10;

    PullFixture() {
        SubscriptionFilters filters = new SubscriptionFilters();
        groups.addListener(filters);
        store.onArrival(held);
        topics.put(TopicConfig.of("T", 2, 2, 6));
        subscribe("G", MessageModel.CLUSTERING, subscription("T", "*", "TAG", 1));
        handler = new PullHandler(new PullParts(
                config,
                topics,
                groupConfigs,
                groups,
                filters,
                offsets,
                store,
                held,
                this::executeCold,
                traffic,
                UnpooledByteBufAllocator.DEFAULT,
                clock));
        fields.putAll(Map.of(
                "consumerGroup", "G",
                "topic", "T",
                "queueId", "0",
                "queueOffset", "0",
                "maxMsgNums", "32",
                "sysFlag", "0",
                "commitOffset", "0",
                "suspendTimeoutMillis", "15000",
                "subVersion", "1"));
    }

    void subscribe(String group, MessageModel model, Subscription... subscriptions) {
        subscribe(connection, group, model, subscriptions);
    }

    void subscribe(RecordingConnection member, String group, MessageModel model, Subscription... subscriptions) {
        groupConfigs.findOrCreate(group);
        groups.join(
                group,
                new Member(member, "client" + member.remoteAddress().getPort(), Language.JAVA, 479, clock.nanos()),
                new ConsumerMode(ConsumeType.CONSUME_PASSIVELY, model, "CONSUME_FROM_FIRST_OFFSET"),
                List.of(subscriptions));
    }

    static Subscription subscription(String topic, String expression, String type, long version, String... tags) {
        List<Integer> codes = Stream.of(tags).map(String::hashCode).toList();
        return new Subscription(topic, expression, List.of(tags), codes, version, type, false);
    }

    /** Changes a field of the pulls to come. */
    PullFixture with(String name, Object value) {
        fields.put(name, value.toString());
        return this;
    }

    /** Pulls, whether it is answered or held. */
    RecordingExchange send() {
        return send(RequestCode.PULL_MESSAGE);
    }

    RecordingExchange send(int code) {
        return send(connection, code);
    }

    /** Pulls over a connection and expects an answer at once. */
    Command pull(RecordingConnection from) {
        return send(from, RequestCode.PULL_MESSAGE).response();
    }

    private RecordingExchange send(RecordingConnection from, int code) {
        Fields.Builder builder = Fields.builder();
        fields.forEach(builder::put);
        RecordingExchange exchange = new RecordingExchange(Command.request(code, builder.build()), from);
        FailureAnswers.around(handler).handle(exchange);
        return exchange;
    }

    /** Pulls and expects an answer at once. */
    Command pull() {
        return send().response();
    }

    /** Offsets of the records in an answer. */
    static List<Long> offsetsIn(Command answer) {
        List<Long> offsets = new ArrayList<>();
        ByteBuffer body = answer.body();
        for (int at = body.position(); at < body.limit(); at += MessageRecord.totalSize(body, at)) {
            offsets.add(MessageRecord.queueOffset(body, at));
        }
        return offsets;
    }

    private void executeCold(Runnable task) {
        if (coldReads.size() >= coldReadLimit) {
            throw new RejectedExecutionException("full");
        }
        coldReads.add(task);
    }
}
