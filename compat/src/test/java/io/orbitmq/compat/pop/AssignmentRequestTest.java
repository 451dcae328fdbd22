package io.orbitmq.compat.pop;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.TestProducer;
import io.orbitmq.compat.scenario.Scenario;
import io.orbitmq.compat.scenario.ServerExtension;
import io.orbitmq.protocol.body.client.ConsumeType;
import io.orbitmq.protocol.body.client.ConsumerGroup;
import io.orbitmq.protocol.body.client.HeartbeatBody;
import io.orbitmq.protocol.body.client.MessageModel;
import io.orbitmq.protocol.body.client.Subscription;
import io.orbitmq.protocol.body.group.Assignment;
import io.orbitmq.protocol.body.group.AssignmentQuery;
import io.orbitmq.protocol.body.group.MessageRequestMode;
import io.orbitmq.protocol.body.group.MessageRequestModes;
import io.orbitmq.protocol.body.group.RequestMode;
import io.orbitmq.protocol.body.queue.MessageQueueKey;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Queues shared out by the broker among members that only send heartbeats (protocol/07 section 15). */
class AssignmentRequestTest {

    @RegisterExtension
    static final ServerExtension SERVER = ServerExtension.standard();

    private final List<PopRequests> members = new ArrayList<>();
    private Scenario scenario;
    private TestProducer producer;
    private String group;
    private String topic;

    @BeforeEach
    void name() {
        scenario = SERVER.scenario(ClientVersion.V5_3_3);
        producer = scenario.producer();
        group = scenario.name("assigned_group");
    }

    @AfterEach
    void disconnect() {
        members.forEach(PopRequests::close);
    }

    @Test
    void membersPullTheirShareByDefault() {
        join(3, 8);

        assertThat(ids("c0", "AVG")).containsExactly(0, 1, 2);
        assertThat(ids("c1", "AVG")).containsExactly(3, 4, 5);
        assertThat(ids("c2", "AVG")).containsExactly(6, 7);
        assertThat(ids("c1", "AVG_BY_CIRCLE")).containsExactly(1, 4, 7);
        assertThat(ask("c0", "AVG", MessageModel.CLUSTERING).orElseThrow().mode())
                .isEqualTo(RequestMode.PULL);
        assertThat(ask("c0", "AVG", MessageModel.BROADCASTING).orElseThrow().queues())
                .hasSize(8);
    }

    @Test
    void nothingUsableIsAnsweredWithoutAList() {
        join(1, 2);

        assertThat(ask("c0", "UNKNOWN", MessageModel.CLUSTERING)).isEmpty();
        assertThat(ask("no_such_topic", "c0")).isEmpty();
        String joined = group;
        group = scenario.name("deserted");
        assertThat(ask("c0", "AVG", MessageModel.CLUSTERING)).isEmpty();
        group = joined;
    }

    @Test
    void popAssignsWholeBrokersUnlessQueuesAreShared() {
        join(4, 8);
        assertThat(setMode(RequestMode.POP, 0).code()).isZero();
        assertThat(ask("c3", "AVG", MessageModel.CLUSTERING))
                .contains(new Assignment(
                        RequestMode.POP,
                        List.of(new MessageQueueKey(topic, SERVER.server().brokerName(), -1))));

        setMode(RequestMode.POP, 1);
        assertThat(ids("c0", "AVG")).containsExactly(0, 1, 2, 3);
        assertThat(ids("c3", "AVG")).containsExactly(0, 1, 6, 7);
        setMode(RequestMode.POP, 3);
        assertThat(ids("c3", "AVG")).containsExactly(-1);

        setMode(RequestMode.PULL, 0);
        assertThat(ids("c3", "AVG")).containsExactly(6, 7);
    }

    @Test
    void membersBeyondTheQueuesPopOneQueueEach() {
        join(4, 2);
        setMode(RequestMode.POP, 1);

        assertThat(IntStream.range(0, 4).mapToObj(i -> ids("c" + i, "AVG").get(0)))
                .containsExactly(0, 1, 0, 1);
    }

    @Test
    void aMemberThatLeavesIsNoLongerCounted() {
        join(2, 4);
        assertThat(ids("c0", "AVG")).containsExactly(0, 1);

        members.get(1).close();

        Scenario.await("the other's queues").until(() -> ids("c0", "AVG").size() == 4);
    }

    @Test
    void modesAreRefusedWhereTheyMakeNoSense() {
        join(1, 1);

        Command retry = members.get(0).setMode("%RETRY%" + group, group, RequestMode.POP, 0);
        Command unknown = members.get(0).setMode("no_such_topic", group, RequestMode.POP, 0);

        assertThat(retry.code()).isEqualTo(16);
        assertThat(retry.remark()).isEqualTo("retry topic is not allowed to set mode");
        assertThat(unknown.code()).isEqualTo(17);
        assertThat(unknown.remark()).isEqualTo("topic[no_such_topic] not exist");
    }

    @Test
    void strangersPullNothingButMayPop() {
        join(2, 4);

        assertThat(ids("stranger", "AVG")).isEmpty();
        setMode(RequestMode.POP, 0);
        assertThat(ids("stranger", "AVG")).containsExactly(-1);
        assertThat(ask("c0", "UNKNOWN", MessageModel.CLUSTERING)).isEmpty();
        assertThat(ask("c0", "AVG", MessageModel.BROADCASTING).orElseThrow().queues())
                .hasSize(4);
    }

    @Test
    void modesOutliveTheirTopicAndGroup() {
        join(1, 1);
        setMode(RequestMode.POP, 0);

        members.get(0).ask(RequestCode.DELETE_SUBSCRIPTIONGROUP, Fields.of("groupName", group, "cleanOffset", "true"));
        members.get(0).ask(RequestCode.DELETE_TOPIC_IN_BROKER, Fields.of("topic", topic));

        assertThat(allModes().modes()).contains(new MessageRequestMode(topic, group, RequestMode.POP, 0));
    }

    @Test
    void modesSurviveARestart() {
        join(1, 1);
        setMode(RequestMode.POP, 5);

        SERVER.server().restart();

        MessageRequestModes all =
                Scenario.await("the broker").ignoreExceptions().until(this::allModes, modes -> true);
        assertThat(all.modes()).contains(new MessageRequestMode(topic, group, RequestMode.POP, 5));
    }

    private MessageRequestModes allModes() {
        try (PopRequests requests = new PopRequests(SERVER.server())) {
            return MessageRequestModes.decode(
                    requests.askLater(RequestCode.GET_ALL_MESSAGE_REQUEST_MODE, Fields.NONE, new byte[0])
                            .thenApply(answer -> ByteBuffer.wrap(answer.bodyBytes()))
                            .join());
        }
    }

    /** Makes the topic and lets members {@code c0..} send one heartbeat each. */
    private void join(int count, int queues) {
        topic = scenario.topic(producer, "assigned", queues);
        for (int i = 0; i < count; i++) {
            PopRequests member = new PopRequests(SERVER.server());
            members.add(member);
            Subscription subscription = new Subscription(topic, "*", List.of(), List.of(), 1, Subscription.TAG, false);
            ConsumerGroup consumer = new ConsumerGroup(
                    group,
                    ConsumeType.CONSUME_PASSIVELY,
                    MessageModel.CLUSTERING,
                    "CONSUME_FROM_FIRST_OFFSET",
                    List.of(subscription),
                    false);
            HeartbeatBody heartbeat = new HeartbeatBody("c" + i, List.of(), List.of(consumer), 0, false);
            assertThat(member.askLater(RequestCode.HEART_BEAT, Fields.NONE, heartbeat.encode())
                            .join()
                            .code())
                    .isZero();
        }
    }

    private Command setMode(RequestMode mode, int share) {
        return members.get(0).setMode(topic, group, mode, share);
    }

    private List<Integer> ids(String clientId, String strategy) {
        return ask(clientId, strategy, MessageModel.CLUSTERING).orElseThrow().queues().stream()
                .map(MessageQueueKey::queueId)
                .sorted()
                .toList();
    }

    private Optional<Assignment> ask(String clientId, String strategy, MessageModel model) {
        return ask(new AssignmentQuery(topic, group, clientId, strategy, model));
    }

    private Optional<Assignment> ask(String ofTopic, String clientId) {
        return ask(new AssignmentQuery(ofTopic, group, clientId, "AVG", MessageModel.CLUSTERING));
    }

    private Optional<Assignment> ask(AssignmentQuery query) {
        return members.get(0)
                .askLater(RequestCode.QUERY_ASSIGNMENT, Fields.NONE, query.encode())
                .thenApply(answer -> Assignment.decode(ByteBuffer.wrap(answer.bodyBytes())))
                .join();
    }
}
