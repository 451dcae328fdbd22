package io.orbitmq.broker.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.AssignmentSettings;
import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.fake.MemoryStore;
import io.orbitmq.broker.group.ConsumerGroups;
import io.orbitmq.broker.group.ConsumerMode;
import io.orbitmq.broker.group.GroupConfigTable;
import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.group.Member;
import io.orbitmq.broker.group.MemberNotices;
import io.orbitmq.broker.request.FailureAnswers;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.broker.topic.TopicTable;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.protocol.body.client.ConsumeType;
import io.orbitmq.protocol.body.client.MessageModel;
import io.orbitmq.protocol.body.group.Assignment;
import io.orbitmq.protocol.body.group.AssignmentQuery;
import io.orbitmq.protocol.body.group.MessageRequestMode;
import io.orbitmq.protocol.body.group.MessageRequestModes;
import io.orbitmq.protocol.body.group.RequestMode;
import io.orbitmq.protocol.body.queue.MessageQueueKey;
import io.orbitmq.protocol.body.route.QueueRoute;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.frame.Language;
import io.orbitmq.store.AppendOutcome.Reason;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.Lane;
import io.orbitmq.transport.fake.RecordingConnection;
import io.orbitmq.transport.fake.RecordingExchange;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class AssignmentsTest {

    private static final String SELF =
            BrokerConfig.defaults(Path.of("store")).identity().brokerName();

    private final SimulatedClock clock = new SimulatedClock();
    private final LiveConfig config = new LiveConfig(BrokerConfig.defaults(Path.of("store")));
    private final TopicTable topicTable = new TopicTable();
    private final GroupConfigTable groupTable = new GroupConfigTable();
    private final RequestModeTable modeTable = new RequestModeTable();
    private final MemoryStore store = new MemoryStore(clock, topicTable, groupTable, modeTable);
    private final StateLog log = new StateLog(store);
    private final Topics topics = new Topics(topicTable, log, clock);
    private final GroupConfigs groups = new GroupConfigs(groupTable, log, clock, config);
    private final ConsumerGroups consumers = new ConsumerGroups(new MemberNotices(config, groups));
    private final RequestModes modes = new RequestModes(modeTable, log, config);
    private CompletableFuture<Optional<List<QueueRoute>>> routes =
            CompletableFuture.completedFuture(Optional.of(List.of()));
    private final HandlerTable table = new Assignments(config, modes, topics, groups, consumers, topic -> routes)
            .addTo(HandlerTable.builder(), Lane.inline(), Lane.inline())
            .build();

    @Test
    void aMemberPullsItsShareOfTheQueuesOfAllBrokers() {
        topics.put(TopicConfig.of("T", 2, 2, 6));
        route(new QueueRoute("zeta", 2, 2, 6, 0), new QueueRoute("alpha", 1, 9, 4, 0), new QueueRoute("w", 4, 4, 2, 0));
        join("c1", 1);
        join("c2", 2);

        assertThat(assigned("c1", MessageModel.CLUSTERING))
                .isEqualTo(
                        new Assignment(RequestMode.PULL, List.of(queue("alpha", 0), queue(SELF, 0), queue(SELF, 1))));
        assertThat(assigned("c2", MessageModel.CLUSTERING))
                .isEqualTo(new Assignment(RequestMode.PULL, List.of(queue("zeta", 0), queue("zeta", 1))));
    }

    @Test
    void whatThisBrokerHasBeatsWhatTheNameserverStillSays() {
        topics.put(TopicConfig.of("T", 3, 3, 6));
        route(new QueueRoute(SELF, 1, 1, 6, 0));
        join("c1", 1);

        assertThat(assigned("c1", MessageModel.CLUSTERING).queues()).hasSize(3);

        config.update(all -> all.withTopics(all.topics().withBrokerPermission(2)));
        assertThat(ask("T", "c1", MessageModel.CLUSTERING)).isEmpty();
    }

    @Test
    void everybodyGetsAllQueuesByBroadcastAndWithoutBalancing() {
        topics.put(TopicConfig.of("T", 2, 2, 6));

        assertThat(assigned("nobody", MessageModel.BROADCASTING).queues())
                .containsExactly(queue(SELF, 0), queue(SELF, 1));

        settings(new AssignmentSettings(false, RequestMode.PULL, -1));
        assertThat(assigned("nobody", MessageModel.CLUSTERING).queues()).hasSize(2);
    }

    @Test
    void nothingKnownMeansKeepWhatYouHave() {
        assertThat(ask("unknown", "c1", MessageModel.CLUSTERING)).isEmpty();
        topics.put(TopicConfig.of("T", 2, 2, 6));
        assertThat(ask("T", "c1", MessageModel.CLUSTERING)).isEmpty();
        join("c1", 1);
        routes = CompletableFuture.completedFuture(Optional.empty());
        assertThat(ask("T", "c1", MessageModel.CLUSTERING)).isEmpty();
    }

    @Test
    void theAnswerFollowsTheNameserversAndSeesTheMembersOfThen() {
        topics.put(TopicConfig.of("T", 2, 2, 6));
        routes = new CompletableFuture<>();
        join("c1", 1);
        RecordingExchange exchange = exchange(query("T", "c1", MessageModel.CLUSTERING));
        table.find(RequestCode.QUERY_ASSIGNMENT).orElseThrow().handler().handle(exchange);
        join("c2", 2);
        assertThat(exchange.isAnswered()).isFalse();

        routes.complete(Optional.of(List.of()));

        assertThat(Assignment.decode(exchange.response().body()).orElseThrow().queues())
                .containsExactly(queue(SELF, 0));
    }

    @Test
    void popGivesAllQueuesOfTheBrokerUnlessShared() {
        topics.put(TopicConfig.of("T", 4, 4, 6));
        join("c1", 1);
        join("c2", 2);
        join("c3", 3);
        assertThat(set("T", RequestMode.POP, 0).code()).isZero();

        assertThat(assigned("c2", MessageModel.CLUSTERING))
                .isEqualTo(new Assignment(RequestMode.POP, List.of(queue(SELF, -1))));

        set("T", RequestMode.POP, 1);
        assertThat(assigned("c2", MessageModel.CLUSTERING).queues()).containsExactly(queue(SELF, 2), queue(SELF, 3));
    }

    @Test
    void defaultsAreForTopicsWithoutModeAndNotForRetryTopics() {
        topics.put(TopicConfig.of("T", 4, 4, 6));
        topics.put(TopicConfig.of("%RETRY%g", 1, 1, 6));
        settings(new AssignmentSettings(true, RequestMode.POP, -1));
        join("c1", 1);

        assertThat(assigned("c1", MessageModel.CLUSTERING).mode()).isEqualTo(RequestMode.POP);
        assertThat(ask("%RETRY%g", "c1", MessageModel.CLUSTERING).orElseThrow().mode())
                .isEqualTo(RequestMode.PULL);

        set("T", RequestMode.PULL, 0);
        assertThat(assigned("c1", MessageModel.CLUSTERING).mode()).isEqualTo(RequestMode.PULL);
    }

    @Test
    void refusesModesThatCannotBeSet() {
        assertThat(set("%RETRY%g", RequestMode.POP, 0))
                .extracting(Command::code, Command::remark)
                .containsExactly(16, "retry topic is not allowed to set mode");
        assertThat(set("T", RequestMode.POP, 0))
                .extracting(Command::code, Command::remark)
                .containsExactly(17, "topic[T] not exist");
        topics.put(TopicConfig.of("T", 4, 4, 6));
        config.update(all -> all.withGroups(all.groups().withAutoCreate(false)));
        assertThat(set("T", RequestMode.POP, 0))
                .extracting(Command::code, Command::remark)
                .containsExactly(26, "subscription group does not exist");
        config.update(all -> all.withGroups(all.groups().withAutoCreate(true)));
        groups.findOrCreate("g");
        store.refuse(Reason.FENCED, "fsync failed");
        assertThat(set("T", RequestMode.POP, 0).remark()).contains("fsync failed");
        assertThat(modes.all()).isEmpty();
    }

    @Test
    void refusesPlainlyWhenTheGroupCannotBeCreated() {
        topics.put(TopicConfig.of("T", 4, 4, 6));
        store.refuse(Reason.DISK_FULL, "No room. Free space.");

        assertThat(set("T", RequestMode.POP, 0))
                .extracting(Command::code, Command::remark)
                .containsExactly(
                        1,
                        "the group g cannot be created now: the change of the table 'groups' was not stored: No room. Free space.");
    }

    @Test
    void tellsAllModesThatWereSet() {
        topics.put(TopicConfig.of("T", 4, 4, 6));
        set("T", RequestMode.POP, 3);

        Command answer = send(RequestCode.GET_ALL_MESSAGE_REQUEST_MODE, new byte[0]);

        assertThat(MessageRequestModes.decode(answer.body()).modes())
                .containsExactly(new MessageRequestMode("T", "g", RequestMode.POP, 3));
    }

    @Test
    void modesComeBackByReplayOrSnapshot() {
        modes.put(new MessageRequestMode("T", "g", RequestMode.PULL, 1));
        modes.put(new MessageRequestMode("T", "g", RequestMode.POP, 2));

        RequestModeTable replayed = new RequestModeTable();
        store.changes().forEach(change -> replayed.apply(change.bytes()));
        RequestModeTable restored = new RequestModeTable();
        restored.restore(modeTable.snapshot());

        assertThat(store.changes()).hasSize(2);
        assertThat(replayed.all()).containsExactly(new MessageRequestMode("T", "g", RequestMode.POP, 2));
        assertThat(restored.all()).containsExactlyElementsOf(modeTable.all());
    }

    private void settings(AssignmentSettings settings) {
        config.update(all -> all.withGroups(all.groups().withAssignment(settings)));
    }

    private void route(QueueRoute... known) {
        routes = CompletableFuture.completedFuture(Optional.of(List.of(known)));
    }

    private void join(String clientId, int connection) {
        consumers.join(
                "g",
                new Member(new RecordingConnection(connection), clientId, Language.JAVA, 479, clock.nanos()),
                new ConsumerMode(ConsumeType.CONSUME_PASSIVELY, MessageModel.CLUSTERING, "CONSUME_FROM_FIRST_OFFSET"),
                List.of());
    }

    private static MessageQueueKey queue(String broker, int id) {
        return new MessageQueueKey("T", broker, id);
    }

    private Command set(String topic, RequestMode mode, int share) {
        return send(RequestCode.SET_MESSAGE_REQUEST_MODE, new MessageRequestMode(topic, "g", mode, share).encode());
    }

    private Assignment assigned(String clientId, MessageModel model) {
        return ask("T", clientId, model).orElseThrow();
    }

    private Optional<Assignment> ask(String topic, String clientId, MessageModel model) {
        return Assignment.decode(
                send(RequestCode.QUERY_ASSIGNMENT, query(topic, clientId, model).encode())
                        .body());
    }

    private static AssignmentQuery query(String topic, String clientId, MessageModel model) {
        return new AssignmentQuery(topic, "g", clientId, "AVG", model);
    }

    private static RecordingExchange exchange(AssignmentQuery query) {
        return new RecordingExchange(
                Command.request(RequestCode.QUERY_ASSIGNMENT, Fields.NONE, ByteBuffer.wrap(query.encode())));
    }

    private Command send(int code, byte[] body) {
        RecordingExchange exchange = new RecordingExchange(Command.request(code, Fields.NONE, ByteBuffer.wrap(body)));
        FailureAnswers.around(table.find(code).orElseThrow().handler()).handle(exchange);
        return exchange.response();
    }
}
