package io.orbitmq.broker.offset;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.fake.MemoryStore;
import io.orbitmq.broker.fake.ReadableStore;
import io.orbitmq.broker.group.GroupConfigTable;
import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.broker.topic.TopicTable;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.store.AppendOutcome.Reason;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.transport.RequestHandler;
import io.orbitmq.transport.fake.RecordingExchange;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OffsetHandlersTest {

    private final SimulatedClock clock = new SimulatedClock();
    private final OffsetTable table = new OffsetTable();
    private final TopicTable topicTable = new TopicTable();
    private final GroupConfigTable groupTable = new GroupConfigTable();
    private final MemoryStore store = new MemoryStore(clock, table, topicTable, groupTable);
    private final StateLog log = new StateLog(store);
    private final ConsumerOffsets offsets = new ConsumerOffsets(table, log);
    private final Topics topics = new Topics(topicTable, log, clock);
    private final GroupConfigs groups =
            new GroupConfigs(groupTable, log, clock, new LiveConfig(BrokerConfig.defaults(Path.of("store"))));
    private final UpdateOffsetHandler updates = new UpdateOffsetHandler(offsets, groups, topics);
    private final ReadableStore messages = new ReadableStore(clock);
    private final QueryOffsetHandler queries = new QueryOffsetHandler(offsets, messages);

    @BeforeEach
    void createGroupAndTopic() {
        groups.findOrCreate("g");
        topics.put(TopicConfig.of("t", 4, 4, 6));
    }

    @Test
    void twoWayUpdateIsAnsweredWhenDurable() {
        store.holdDurability();

        RecordingExchange exchange = send(updates, update("g", "t", "0", "7"));

        assertThat(exchange.isAnswered()).isFalse();
        store.makeDurable();
        assertThat(exchange.response().code()).isZero();
        assertThat(offsets.offset("g", "t", 0)).isEqualTo(7);
    }

    @Test
    void oneWayUpdateIsOnlyRemembered() {
        int before = store.changes().size();

        send(updates, update("g", "t", "0", "7").asOneWay());

        assertThat(offsets.offset("g", "t", 0)).isEqualTo(7);
        assertThat(store.changes()).hasSize(before);
    }

    @Test
    void anyOffsetOfAnyQueueIsTaken() {
        assertThat(send(updates, update("g", "t", "99", "1000000")).response().code())
                .isZero();
        assertThat(send(updates, update("g", "t", "99", "3")).response().code()).isZero();
        assertThat(send(updates, update("g", "t", "0", "-5")).response().code()).isZero();

        assertThat(offsets.offsets("g", "t")).isEqualTo(Map.of(99, 3L, 0, -5L));
    }

    @Test
    void checksComeInTheOrderOfTheProtocolPage() {
        assertRefused(update("no-group", "no-topic", "", ""), 26, "Group no-group not exist!");
        assertRefused(update("g", "no-topic", "", ""), 17, "Topic no-topic not exist!");
        assertRefused(update("g", "t", "", ""), 29, "QueueId is null, topic is t");
        assertRefused(update("g", "t", "0", ""), 29, "Offset is null, topic is t");
    }

    @Test
    void storeThatRefusesFailsTheUpdateWithItsReason() {
        store.refuse(Reason.DISK_FULL, "the disk is full");

        Command answer = send(updates, update("g", "t", "0", "7")).response();

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.remark()).contains("the disk is full");
    }

    @Test
    void updateIsIgnoredWhileAResetIsPending() {
        offsets.reset("g", "t", Map.of(0, 2L));

        Command answer = send(updates, update("g", "t", "0", "7")).response();

        assertThat(answer.code()).isZero();
        assertThat(answer.remark()).isEqualTo("Offset has been previously reset");
        assertThat(offsets.offset("g", "t", 0)).isEqualTo(2);
        assertThat(send(queries, query("")).response().fields().text("offset")).isEqualTo("2");
    }

    @Test
    void storedOffsetIsAnswered() {
        offsets.commit("g", "t", 0, 41);

        Command answer = send(queries, query("")).response();

        assertThat(answer.code()).isZero();
        assertThat(answer.fields()).isEqualTo(Fields.of("offset", "41"));
    }

    @Test
    void newGroupStartsAtZeroWhileTheFirstMessageIsInMemory() {
        messages.put("t", 0, "TagA", "hello");
        assertThat(send(queries, query("")).response().fields().text("offset")).isEqualTo("0");
        assertThat(send(queries, query("true")).response().fields().text("offset"))
                .isEqualTo("0");

        Command not = send(queries, query("false")).response();
        assertThat(not.code()).isEqualTo(22);
        assertThat(not.remark()).isEqualTo("Not found, do not set to zero, maybe this group boot first");

        messages.setCold(true);
        assertThat(send(queries, query("")).response().code()).isEqualTo(22);
    }

    @Test
    void emptyQueueHasNoOffset() {
        Command answer = send(queries, query("")).response();

        assertThat(answer.code()).isEqualTo(22);
        assertThat(answer.remark()).isEqualTo("Not found, V3_0_6_SNAPSHOT maybe this group consumer boot first");
        messages.queue("t", 0);
        assertThat(send(queries, query("")).response().code()).isEqualTo(22);
    }

    private void assertRefused(Command request, int code, String remark) {
        Command answer = send(updates, request).response();
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.remark()).isEqualTo(remark);
    }

    private static Command update(String group, String topic, String queueId, String offset) {
        return Command.request(
                RequestCode.UPDATE_CONSUMER_OFFSET,
                Fields.of("consumerGroup", group, "topic", topic, "queueId", queueId, "commitOffset", offset));
    }

    private static Command query(String setZero) {
        return Command.request(
                RequestCode.QUERY_CONSUMER_OFFSET,
                Fields.of("consumerGroup", "g", "topic", "t", "queueId", "0", "setZeroIfNotFound", setZero));
    }

    private static RecordingExchange send(RequestHandler handler, Command request) {
        RecordingExchange exchange = new RecordingExchange(request);
        handler.handle(exchange);
        return exchange;
    }
}
