package io.orbitmq.broker.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.delay.DelayTable;
import io.orbitmq.broker.delay.DelayedSends;
import io.orbitmq.broker.fake.ReadableStore;
import io.orbitmq.broker.fake.StoredRecords;
import io.orbitmq.broker.group.GroupConfigTable;
import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.group.RetryTopics;
import io.orbitmq.broker.request.AdvertisedAddress;
import io.orbitmq.broker.request.DurableAnswers;
import io.orbitmq.broker.request.FailureAnswers;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.broker.topic.QueueHandles;
import io.orbitmq.broker.topic.SystemTopics;
import io.orbitmq.broker.topic.TopicTable;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.broker.traffic.TrafficRecorder;
import io.orbitmq.protocol.body.group.GroupConfig;
import io.orbitmq.protocol.body.group.RetryPolicy;
import io.orbitmq.protocol.body.group.RetryPolicy.Type;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.message.MessageProperties;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.testkit.SimulatedScheduler;
import io.orbitmq.transport.fake.RecordingExchange;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SendBackHandlerTest {

    private static final int BEFORE_3_4_9 = 120;

    private final SimulatedClock clock = new SimulatedClock();
    private final LiveConfig config = new LiveConfig(BrokerConfig.defaults(Path.of("store")));
    private final TopicTable topicTable = new TopicTable();
    private final GroupConfigTable groupTable = new GroupConfigTable();
    private final ReadableStore store = new ReadableStore(clock, topicTable, groupTable);
    private final StateLog log = new StateLog(store);
    private final Topics topics = new Topics(topicTable, log, clock);
    private final GroupConfigs groups = new GroupConfigs(groupTable, log, clock, config);
    private final SendBackHandler handler = new SendBackHandler(new SendBackParts(
            config,
            groups,
            new RetryTopics(topics, groups),
            new DelayedSends(config, store, new DelayTable(config.get().delays()), clock),
            new QueueHandles(store, topics),
            store,
            new DurableAnswers(store, new SimulatedScheduler(clock), clock, Duration.ofSeconds(5)),
            new AdvertisedAddress("127.0.0.1", 10911),
            TrafficRecorder.NONE));

    SendBackHandlerTest() {
        topics.ensureSystemTopics(SystemTopics.of(config.get()));
    }

    @Test
    void messageWaitsOnLevelThreeForItsFirstRetry() {
        long position = store.put("TopA", 0, "TagA", "hello");

        Command answer = giveBack(position, "0", "16");

        assertThat(answer.code()).isZero();
        assertThat(answer.fields()).isEqualTo(Fields.NONE);
        ByteBuffer copy = only("SCHEDULE_TOPIC_XXXX", 2);
        assertThat(MessageRecord.reconsumeTimes(copy, 0)).isEqualTo(1);
        assertThat(properties(copy))
                .containsEntry("RETRY_TOPIC", "TopA")
                .containsEntry("ORIGIN_MESSAGE_ID", "7F00000100002A9F" + String.format("%016X", position))
                .containsEntry("DELAY", "3")
                .containsEntry("WAIT", "false")
                .containsEntry("TAGS", "TagA")
                .containsEntry("REAL_TOPIC", "%RETRY%G")
                .containsEntry("REAL_QID", "0");
        assertThat(StoredRecords.body(copy)).isEqualTo("hello");
        assertThat(topics.find("%RETRY%G")).contains(TopicConfig.of("%RETRY%G", 1, 1, 6));
    }

    @Test
    void laterRetriesKeepTheOriginAndWaitLonger() {
        long first = store.put("TopA", 0, "TagA", "hello");
        giveBack(first, "0", "16");
        ByteBuffer copy = only("SCHEDULE_TOPIC_XXXX", 2);
        String origin = properties(copy).get("ORIGIN_MESSAGE_ID");

        giveBack(MessageRecord.physicalOffset(copy, 0), "0", "16");

        ByteBuffer again = only("SCHEDULE_TOPIC_XXXX", 3);
        assertThat(MessageRecord.reconsumeTimes(again, 0)).isEqualTo(2);
        assertThat(properties(again))
                .containsEntry("ORIGIN_MESSAGE_ID", origin)
                .containsEntry("RETRY_TOPIC", "TopA")
                .containsEntry("DELAY", "4");
    }

    @Test
    void explicitLevelIsTakenAndClamped() {
        long position = store.put("TopA", 0, "TagA", "hello");

        giveBack(position, "1", "16");
        giveBack(position, "99", "16");

        assertThat(properties(only("SCHEDULE_TOPIC_XXXX", 0))).containsEntry("DELAY", "1");
        assertThat(properties(only("SCHEDULE_TOPIC_XXXX", 17))).containsEntry("DELAY", "18");
    }

    @Test
    void messageTriedOftenEnoughIsADeadLetter() {
        long position = store.put("TopA", 0, "TagA", "hello");

        giveBack(position, "0", "0");

        ByteBuffer letter = only("%DLQ%G", 0);
        assertThat(MessageRecord.reconsumeTimes(letter, 0)).isEqualTo(1);
        assertThat(properties(letter))
                .containsEntry("DELAY", "0")
                .containsEntry("RETRY_TOPIC", "TopA")
                .doesNotContainKey("REAL_TOPIC");
        assertThat(topics.find("%DLQ%G")).contains(TopicConfig.of("%DLQ%G", 1, 1, 6));
    }

    @Test
    void negativeLevelGoesStraightToTheDeadLetters() {
        giveBack(store.put("TopA", 0, "TagA", "hello"), "-1", "16");

        assertThat(properties(only("%DLQ%G", 0))).containsEntry("DELAY", "0");
    }

    @Test
    void limitOfOldReleasesIsNotBelieved() {
        long position = store.put("TopA", 0, "TagA", "hello");
        Command request = request(position, "0", "0");
        Command old = new Command(
                request.code(), request.language(), BEFORE_3_4_9, 1, 0, "", request.fields(), request.body());

        ask(old);

        assertThat(store.findQueue("%DLQ%G", 0)).isEmpty();
        assertThat(properties(only("SCHEDULE_TOPIC_XXXX", 2))).containsEntry("DELAY", "3");
    }

    @Test
    void groupsOwnPolicyDecidesUnlessTheConsumerDoes() {
        groups.put(withPolicy(new RetryPolicy(Type.CUSTOMIZED, List.of(5_000L, 1_234L), 0, 0, 0)));
        long position = store.put("TopA", 0, "TagA", "hello");

        giveBack(position, "0", "16");

        ByteBuffer levelled = only("SCHEDULE_TOPIC_XXXX", 1);
        assertThat(properties(levelled)).containsEntry("DELAY", "2");
        giveBack(MessageRecord.physicalOffset(levelled, 0), "0", "16");
        long due = clock.epochMs() + 1_234;
        assertThat(properties(only("rmq_sys_wheel_timer", 16 + (int) (due / 60_000 % 4096))))
                .containsEntry("TIMER_OUT_MS", Long.toString(due))
                .containsEntry("REAL_TOPIC", "%RETRY%G")
                .doesNotContainKey("DELAY");
        giveBack(position, "4", "16");
        assertThat(properties(only("SCHEDULE_TOPIC_XXXX", 3))).containsEntry("DELAY", "4");
    }

    @Test
    void withoutTimersTheNextLongerLevelServesAPolicy() {
        config.update(all -> all.withDelays(all.delays().withTimers(false)));
        groups.put(withPolicy(new RetryPolicy(Type.EXPONENTIAL, List.of(), 6_000, 60_000, 2)));

        giveBack(store.put("TopA", 0, "TagA", "hello"), "0", "16");

        assertThat(properties(only("SCHEDULE_TOPIC_XXXX", 2))).containsEntry("DELAY", "3");
    }

    private static GroupConfig withPolicy(RetryPolicy policy) {
        return new GroupConfig("G", true, true, true, false, 1, 16, policy, 0, 1, true, 0, 15, Map.of());
    }

    @Test
    void groupWithoutRetryQueuesDropsTheMessage() {
        groups.put(
                new GroupConfig("G", true, true, true, false, 0, 16, RetryPolicy.DEFAULT, 0, 1, true, 0, 15, Map.of()));

        Command answer = giveBack(store.put("TopA", 0, "TagA", "hello"), "0", "16");

        assertThat(answer.code()).isZero();
        assertThat(store.findQueue("SCHEDULE_TOPIC_XXXX", 2)).isEmpty();
        assertThat(topics.find("%RETRY%G")).isEmpty();
    }

    @Test
    void refusalsComeInTheOrderOfTheProtocolPage() {
        config.update(all -> all.withGroups(all.groups().withAutoCreate(false)));
        Command noGroup = giveBack(5, "0", "16");
        assertThat(noGroup.code()).isEqualTo(26);
        assertThat(noGroup.remark()).startsWith("subscription group not exist, G \nSee https");

        groups.put(GroupConfig.named("G"));
        config.update(all -> all.withTopics(all.topics().withBrokerPermission(4)));
        Command readOnly = giveBack(5, "0", "16");
        assertThat(readOnly.code()).isEqualTo(16);
        assertThat(readOnly.remark()).isEqualTo("the broker[127.0.0.1] sending message is forbidden");

        config.update(all -> all.withTopics(all.topics().withBrokerPermission(6)));
        topics.put(TopicConfig.of("%RETRY%G", 1, 1, 4));
        Command closed = giveBack(5, "0", "16");
        assertThat(closed.code()).isEqualTo(16);
        assertThat(closed.remark()).isEqualTo("the topic[%RETRY%G] sending message is forbidden");

        topics.put(TopicConfig.of("%RETRY%G", 1, 1, 6));
        Command missing = giveBack(987_654_321, "0", "16");
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.remark()).isEqualTo("look message by offset failed, 987654321");
        assertThat(giveBack(-1, "0", "16").code()).isEqualTo(1);
    }

    @Test
    void refusesWhenGroupOrTopicCannotBeCreated() {
        long position = store.put("TopA", 0, "TagA", "hello");

        store.refuseNextChange(AppendOutcome.Reason.DISK_FULL, "no space");
        Command withoutGroup = giveBack(position, "0", "16");
        giveBack(position, "0", "16");
        store.refuseNextChange(AppendOutcome.Reason.DISK_FULL, "no space");
        Command deadLetter = giveBack(position, "-1", "16");

        assertThat(withoutGroup.code()).isEqualTo(1);
        assertThat(withoutGroup.remark()).contains("no space");
        assertThat(deadLetter.code()).isEqualTo(1);
        assertThat(deadLetter.remark()).contains("no space");
        assertThat(giveBack(position, "-1", "16").code()).isZero();
    }

    private Command giveBack(long offset, String level, String limit) {
        return ask(request(offset, level, limit));
    }

    private static Command request(long offset, String level, String limit) {
        return Command.request(
                RequestCode.CONSUMER_SEND_MSG_BACK,
                Fields.of(
                        "offset", Long.toString(offset),
                        "group", "G",
                        "delayLevel", level,
                        "originMsgId", "FD00",
                        "originTopic", "TopA",
                        "unitMode", "false",
                        "maxReconsumeTimes", limit));
    }

    private Command ask(Command request) {
        RecordingExchange exchange = new RecordingExchange(request);
        FailureAnswers.around(handler).handle(exchange);
        exchange.endTurn();
        return exchange.response();
    }

    private ByteBuffer only(String topic, int queueId) {
        List<ByteBuffer> records = StoredRecords.of(store, topic, queueId);
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    private static Map<String, String> properties(ByteBuffer record) {
        return MessageProperties.ofRecord(record, 0).asMap();
    }
}
