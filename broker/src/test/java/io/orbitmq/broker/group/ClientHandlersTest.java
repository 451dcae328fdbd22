package io.orbitmq.broker.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.GroupSettings;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.fake.MemoryStore;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.broker.topic.TopicTable;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.protocol.body.client.ConsumeType;
import io.orbitmq.protocol.body.client.ConsumerGroup;
import io.orbitmq.protocol.body.client.HeartbeatBody;
import io.orbitmq.protocol.body.client.MessageModel;
import io.orbitmq.protocol.body.client.Subscription;
import io.orbitmq.protocol.body.queue.MessageQueueKey;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.frame.Language;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.transport.RequestHandler;
import io.orbitmq.transport.fake.RecordingConnection;
import io.orbitmq.transport.fake.RecordingExchange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ClientHandlersTest {

    private static final String CAPTURED = """
            {"clientID":"192.0.2.2@18121#1050100240565","consumerDataSet":[{"consumeFromWhere":\
            "CONSUME_FROM_FIRST_OFFSET","consumeType":"CONSUME_PASSIVELY","groupName":"GCap","messageModel":"CLUSTERING",\
            "subscriptionDataSet":[{"classFilterMode":false,"codeSet":[],"expressionType":"TAG","subString":"*",\
            "subVersion":1795225180377,"tagsSet":[],"topic":"%RETRY%GCap"},{"classFilterMode":false,"codeSet":\
            [2598919,2598920],"expressionType":"TAG","subString":"TagA || TagB","subVersion":1795225180329,"tagsSet":\
            ["TagA","TagB"],"topic":"TopA"}],"unitMode":false}],"heartbeatFingerprint":0,"producerDataSet":[{"groupName":\
            "CLIENT_INNER_PRODUCER"}],"withoutSub":false}""";

    private final SimulatedClock clock = new SimulatedClock();
    private final LiveConfig config = new LiveConfig(BrokerConfig.defaults(Path.of("store")));
    private final TopicTable topicTable = new TopicTable();
    private final GroupConfigTable groupTable = new GroupConfigTable();
    private final MemoryStore store = new MemoryStore(clock, topicTable, groupTable);
    private final StateLog log = new StateLog(store);
    private final Topics topics = new Topics(topicTable, log, clock);
    private final GroupConfigs configs = new GroupConfigs(groupTable, log, clock, config);
    private final ConsumerGroups consumers = new ConsumerGroups(new MemberNotices(config, configs));
    private final ProducerGroups producers = new ProducerGroups();
    private final HeartbeatHandler heartbeats =
            new HeartbeatHandler(config, new RetryTopics(topics, configs), consumers, producers, clock);
    private final ClientLiveness liveness = new ClientLiveness(config, consumers, producers, clock);
    private final RecordingConnection connection = new RecordingConnection(1);

    @Test
    void capturedHeartbeatRegistersConsumerProducerGroupAndRetryTopic() {
        Command answer = ask(heartbeats, RequestCode.HEART_BEAT, Fields.NONE, CAPTURED);

        assertThat(answer.code()).isZero();
        assertThat(answer.version()).isEqualTo(479);
        assertThat(answer.fields()).isEqualTo(Fields.of("IS_SUPPORT_HEART_BEAT_V2", "true", "IS_SUB_CHANGE", "true"));
        LiveGroup group = consumers.find("GCap").orElseThrow();
        assertThat(group.members()).extracting(Member::clientId).containsExactly("192.0.2.2@18121#1050100240565");
        assertThat(group.subscription("TopA").orElseThrow().codes()).containsExactly(2598919, 2598920);
        assertThat(producers.members("CLIENT_INNER_PRODUCER")).hasSize(1);
        assertThat(configs.find("GCap")).isPresent();
        assertThat(topics.find("%RETRY%GCap")).contains(TopicConfig.of("%RETRY%GCap", 1, 1, 6));
        assertThat(connection.oneWays()).extracting(Command::code).containsExactly(40);
    }

    @Test
    void retryTopicIsOrderedWhenASubscribedTopicIs() {
        topics.put(TopicConfig.of("TopA", 4, 4, 6).withOrder(true));

        heartbeat(group("g", "TopA"), 0, false);

        assertThat(topics.find("%RETRY%g").orElseThrow().order()).isTrue();
    }

    @Test
    void unitModeMarksTheRetryTopic() {
        heartbeat(
                new ConsumerGroup("g", ConsumeType.CONSUME_PASSIVELY, MessageModel.BROADCASTING, "x", List.of(), true),
                0,
                false);

        assertThat(topics.find("%RETRY%g").orElseThrow().sysFlag()).isEqualTo(2);
    }

    @Test
    void groupThatMayNotExistIsSkippedAndTheHeartbeatSucceeds() {
        config.update(all -> all.withGroups(all.groups().withAutoCreate(false)));

        Command answer = heartbeat(group("g", "t"), 0, false);

        assertThat(answer.code()).isZero();
        assertThat(consumers.find("g")).isEmpty();
        assertThat(topics.find("%RETRY%g")).isEmpty();
    }

    @Test
    void secondVersionSaysWhetherTheSubscriptionsChanged() {
        assertThat(changed(heartbeat(group("g", "t"), 7, false))).isFalse();
        assertThat(changed(heartbeat(group("g"), 7, true))).isFalse();
        assertThat(consumers.find("g").orElseThrow().subscription("t")).isPresent();
        assertThat(changed(heartbeat(group("g", "t"), 8, false))).isTrue();
        assertThat(changed(heartbeat(group("g", "t"), 8, false))).isFalse();
        assertThat(changed(heartbeat(group("g", "t"), 0, false))).isTrue();
        assertThat(changed(heartbeat(group("g", "t"), 8, false))).isTrue();
    }

    @Test
    void shortHeartbeatOfAForgottenGroupAsksForTheSubscriptions() {
        heartbeat(group("g", "t"), 7, false);
        liveness.closed(connection);

        assertThat(changed(heartbeat(group("g"), 7, true))).isTrue();
    }

    @Test
    void producersAreIgnoredWhenSwitchedOff() {
        GroupSettings now = config.get().groups();
        config.update(all -> all.withGroups(new GroupSettings(
                true,
                true,
                true,
                false,
                now.connectionExpiry(),
                now.expiryScan(),
                now.queueLockExpiry(),
                now.assignment())));

        ask(heartbeats, RequestCode.HEART_BEAT, Fields.NONE, CAPTURED);

        assertThat(producers.names()).isEmpty();
        assertThat(consumers.find("GCap")).isPresent();
    }

    @Test
    void clientWithoutHeartbeatForTwoMinutesIsClosedAndForgotten() {
        ask(heartbeats, RequestCode.HEART_BEAT, Fields.NONE, CAPTURED);
        clock.advance(Duration.ofSeconds(120));
        liveness.scan();
        assertThat(connection.isOpen()).isTrue();

        clock.advance(Duration.ofMillis(1));
        liveness.scan();

        assertThat(connection.isOpen()).isFalse();
        assertThat(consumers.find("GCap")).isEmpty();
        assertThat(producers.names()).isEmpty();
    }

    @Test
    void unregisteredClientLeavesTheNamedGroups() {
        ask(heartbeats, RequestCode.HEART_BEAT, Fields.NONE, CAPTURED);
        UnregisterClientHandler handler = new UnregisterClientHandler(consumers, producers);

        Command answer =
                ask(handler, RequestCode.UNREGISTER_CLIENT, Fields.of("clientID", "any", "consumerGroup", "GCap"), "");
        assertThat(answer.code()).isZero();
        assertThat(consumers.find("GCap")).isEmpty();
        assertThat(producers.names()).isNotEmpty();

        answer = ask(
                handler,
                RequestCode.UNREGISTER_CLIENT,
                Fields.of("clientID", "any", "producerGroup", "CLIENT_INNER_PRODUCER", "consumerGroup", "unknown"),
                "");
        assertThat(answer.code()).isZero();
        assertThat(producers.names()).isEmpty();
    }

    @Test
    void consumerListNamesOneIdPerConnection() {
        ConsumerListHandler handler = new ConsumerListHandler(consumers);
        Fields group = Fields.of("consumerGroup", "GCap");
        Command none = ask(handler, RequestCode.GET_CONSUMER_LIST_BY_GROUP, group, "");
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.remark()).isEqualTo("no consumer for this group, GCap");

        ask(heartbeats, RequestCode.HEART_BEAT, Fields.NONE, CAPTURED);

        Command list = ask(handler, RequestCode.GET_CONSUMER_LIST_BY_GROUP, group, "");
        assertThat(list.code()).isZero();
        assertThat(text(list)).isEqualTo("{\"consumerIdList\":[\"192.0.2.2@18121#1050100240565\"]}");
    }

    @Test
    void locksAreAnsweredWithTheQueuesHeldAndUnlocksWithNothing() {
        QueueLocks<MessageQueueKey> locks = new QueueLocks<>(clock, Duration.ofSeconds(60));
        String body = """
                {"clientId":"c1","consumerGroup":"GOrd","mqSet":[{"brokerName":"broker-a","queueId":1,"topic":"TopA"}],\
                "onlyThisBroker":false}""";

        Command held = ask(new LockQueuesHandler(locks), RequestCode.LOCK_BATCH_MQ, Fields.NONE, body);
        assertThat(text(held))
                .isEqualTo("{\"lockOKMQSet\":[{\"brokerName\":\"broker-a\",\"queueId\":1,\"topic\":\"TopA\"}]}");
        Command refused =
                ask(new LockQueuesHandler(locks), RequestCode.LOCK_BATCH_MQ, Fields.NONE, body.replace("c1", "c2"));
        assertThat(text(refused)).isEqualTo("{\"lockOKMQSet\":[]}");

        Command unlocked =
                ask(new UnlockQueuesHandler(locks, consumers), RequestCode.UNLOCK_BATCH_MQ, Fields.NONE, body);
        assertThat(unlocked.code()).isZero();
        assertThat(text(unlocked)).isEmpty();
        assertThat(locks.isLocked("GOrd")).isFalse();
    }

    @Test
    void whoAskedForALockInVainIsToldWhenItIsGivenBack() {
        QueueLocks<MessageQueueKey> locks = new QueueLocks<>(clock, Duration.ofSeconds(60));
        RecordingConnection waiting = new RecordingConnection(7);
        consumers.join(
                "GOrd",
                new Member(waiting, "c2", Language.JAVA, 479, 0),
                new ConsumerMode(ConsumeType.CONSUME_PASSIVELY, MessageModel.CLUSTERING, "x"),
                List.of());
        int told = waiting.oneWays().size();
        String body = """
                {"clientId":"c1","consumerGroup":"GOrd","mqSet":[{"brokerName":"broker-a","queueId":1,"topic":"TopA"}]}""";
        ask(new LockQueuesHandler(locks), RequestCode.LOCK_BATCH_MQ, Fields.NONE, body);
        UnlockQueuesHandler unlock = new UnlockQueuesHandler(locks, consumers);

        ask(unlock, RequestCode.UNLOCK_BATCH_MQ, Fields.NONE, body);
        assertThat(waiting.oneWays()).hasSize(told);

        ask(new LockQueuesHandler(locks), RequestCode.LOCK_BATCH_MQ, Fields.NONE, body);
        ask(new LockQueuesHandler(locks), RequestCode.LOCK_BATCH_MQ, Fields.NONE, body.replace("c1", "c2"));
        ask(unlock, RequestCode.UNLOCK_BATCH_MQ, Fields.NONE, body);
        assertThat(waiting.oneWays()).hasSize(told + 1);
        assertThat(waiting.oneWays().get(told).code()).isEqualTo(RequestCode.NOTIFY_CONSUMER_IDS_CHANGED);
    }

    private Command heartbeat(ConsumerGroup group, int fingerprint, boolean withoutSubscriptions) {
        HeartbeatBody body = new HeartbeatBody("c", List.of(), List.of(group), fingerprint, withoutSubscriptions);
        return ask(heartbeats, RequestCode.HEART_BEAT, Fields.NONE, new String(body.encode(), StandardCharsets.UTF_8));
    }

    private static ConsumerGroup group(String name, String... topics) {
        List<Subscription> subscriptions = Stream.of(topics)
                .map(topic -> new Subscription(topic, "*", List.of(), List.of(), 1, Subscription.TAG, false))
                .toList();
        return new ConsumerGroup(
                name, ConsumeType.CONSUME_PASSIVELY, MessageModel.CLUSTERING, "x", subscriptions, false);
    }

    private static boolean changed(Command answer) {
        return answer.fields().boolOr("IS_SUB_CHANGE", false);
    }

    private Command ask(RequestHandler handler, int code, Fields fields, String body) {
        Command request = Command.request(code, fields, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
        RecordingExchange exchange = new RecordingExchange(request, connection);
        handler.handle(exchange);
        return exchange.response();
    }

    private static String text(Command answer) {
        return new String(answer.bodyBytes(), StandardCharsets.UTF_8);
    }
}
