package io.orbitmq.broker.pull;

import static io.orbitmq.broker.pull.PullFixture.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.broker.PullSettings;
import io.orbitmq.broker.group.ConsumerMode;
import io.orbitmq.broker.group.Member;
import io.orbitmq.protocol.body.client.ConsumeType;
import io.orbitmq.protocol.body.client.MessageModel;
import io.orbitmq.protocol.body.group.GroupConfig;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.frame.Language;
import io.orbitmq.protocol.frame.MissingFieldException;
import io.orbitmq.store.AppendOutcome.Reason;
import io.orbitmq.transport.fake.RecordingConnection;
import io.orbitmq.transport.fake.RecordingExchange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rows of protocol/07 section 5.2. */
final class PullAdmissionTest {

    private static final String FAQ = "\nSee https://rocketmq.apache.org/docs/bestPractice/06FAQ for further details.";

    private final PullFixture pulls = new PullFixture();

    @Test
    void row1BrokerWithoutReadPermission() {
        pulls.config.update(all -> all.withTopics(all.topics().withBrokerPermission(2)));

        expect(16, "the broker[127.0.0.1] pulling message is forbidden", "1");
    }

    @Test
    void row2LitePullDisabled() {
        pulls.config.update(all ->
                all.withPulls(new PullSettings(true, Duration.ofSeconds(1), 100, false, false, true, 32, 262_144)));

        Command answer = pulls.send(RequestCode.LITE_PULL_MESSAGE).response();
        assertThat(answer.code()).isEqualTo(16);
        assertThat(answer.remark()).isEqualTo("the broker[127.0.0.1] for lite pull consumer is forbidden");
        assertThat(answer.fields()).isEqualTo(Fields.of("forbiddenType", "1"));
        assertThat(pulls.pull().code()).isNotEqualTo(16);
    }

    @Test
    void row3GroupThatCannotBeCreated() {
        pulls.config.update(all -> all.withGroups(all.groups().withAutoCreate(false)));
        pulls.with("consumerGroup", "New");

        expect(26, "subscription group [New] does not exist, " + FAQ, "");
    }

    @Test
    void row3IllegalGroupNameIsNeverCreated() {
        pulls.with("consumerGroup", "bad name!");

        expect(26, "subscription group [bad name!] does not exist, " + FAQ, "");
        assertThat(pulls.groupConfigs.find("bad name!")).isEmpty();
    }

    @Test
    void unknownGroupIsCreatedOnTheWay() {
        pulls.with("consumerGroup", "New").with("sysFlag", 4).with("subscription", "*");

        assertThat(pulls.pull().code()).isEqualTo(19);
        assertThat(pulls.groupConfigs.find("New")).isPresent();
    }

    @Test
    void isRefusedPlainlyWhenItsGroupCannotBeCreated() {
        pulls.store.refuseNextChange(Reason.DISK_FULL, "No room. Free space.");
        pulls.with("consumerGroup", "New");

        expect(
                1,
                "the group New cannot be created now: the change of the table 'groups' was not stored: No room. Free space.",
                "");
    }

    @Test
    void isRefusedPlainlyWhenItsGroupCannotBeCreatedAfterAWait() {
        RecordingExchange held = pulls.with("sysFlag", 2).send();
        pulls.groupConfigs.delete("G");
        pulls.store.refuseNextChange(Reason.DISK_FULL, "No room.");

        pulls.store.put("T", 0, "TagA", "hello");

        assertThat(held.response().code()).isEqualTo(1);
        assertThat(held.response().remark())
                .startsWith("the group G cannot be created now: ")
                .endsWith("No room.");
    }

    @Test
    void row4GroupMayNotConsume() {
        pulls.groupConfigs.put(group("G", false, true));

        expect(16, "subscription group no permission, G", "2");
    }

    @Test
    void row5UnknownTopic() {
        pulls.with("topic", "Nope");

        expect(17, "topic[Nope] not exist, apply first please! " + FAQ, "");
    }

    @Test
    void row6TopicNotReadable() {
        pulls.topics.put(TopicConfig.of("T", 2, 2, 2));

        expect(16, "the topic[T] pulling message is forbidden", "3");
    }

    @Test
    void row7QueueOutOfRange() {
        pulls.with("queueId", 2);
        expect(29, "queueId[2] is illegal, topic:[T] topicConfig.readQueueNums:[2] consumer:[" + remote() + "]", "");

        pulls.with("queueId", -1);
        assertThat(pulls.pull().code()).isEqualTo(29);
        assertThat(pulls.store.findQueue("T", 2)).isEmpty();
    }

    @Test
    void row8aInlineExpressionThatCannotBeBuilt() {
        pulls.with("sysFlag", 4).with("expressionType", "SQL92").with("subscription", "");
        expect(23, "parse the consumer's subscription failed", "");

        pulls.with("expressionType", "TAG").with("subscription", "||");
        expect(23, "parse the consumer's subscription failed", "");
    }

    @Test
    void row8bGroupWithoutHeartbeat() {
        pulls.with("consumerGroup", "Other");

        expect(24, "the consumer's group info not exist" + FAQ, "");
    }

    @Test
    void row9BroadcastNotAllowed() {
        pulls.subscribe("B", MessageModel.BROADCASTING, subscription("T", "*", "TAG", 1));
        pulls.groupConfigs.put(group("B", true, false));
        pulls.with("consumerGroup", "B");

        expect(16, "the consumer group[B] can not consume by broadcast way", "4");
    }

    @Test
    void row11TopicNotSubscribed() {
        pulls.topics.put(TopicConfig.of("U", 1, 1, 6));
        pulls.with("topic", "U");

        expect(24, "the consumer's subscription not exist" + FAQ, "");
    }

    @Test
    void row12SubscriptionOlderThanTheClients() {
        pulls.with("subVersion", 2);
        expect(25, "the consumer's subscription not latest", "");

        pulls.with("subVersion", 1);
        assertThat(pulls.pull().code()).isEqualTo(19);
    }

    @Test
    void row13HeartbeatExpressionThatCannotBeCompiled() {
        pulls.subscribe("G", MessageModel.CLUSTERING, subscription("T", "", "SQL92", 2));

        expect(27, "The broker's consumer filter data is not exist!Your expression may be wrong!", "");
    }

    @Test
    void row15SqlIsRefusedWhenSwitchedOff() {
        pulls.config.update(config -> config.withPulls(config.pulls().withPropertyFilter(false)));
        pulls.subscribe("G", MessageModel.CLUSTERING, subscription("T", "a > 3", "SQL92", 2));
        expect(1, "The broker does not support consumer to filter message by SQL92", "");

        pulls.with("sysFlag", 4).with("expressionType", "SQL92").with("subscription", "a > 3");
        expect(1, "The broker does not support consumer to filter message by SQL92", "");
    }

    @Test
    void sqlIsAdmittedByDefault() {
        pulls.subscribe("G", MessageModel.CLUSTERING, subscription("T", "a > 3", "SQL92", 2));
        assertThat(pulls.pull().code()).isEqualTo(19);

        pulls.with("sysFlag", 4).with("expressionType", "SQL92").with("subscription", "a > 3");
        assertThat(pulls.pull().code()).isEqualTo(19);
    }

    @Test
    void theConnectionThatPullsNeedNotBeAMember() {
        pulls.groups.join(
                "H",
                new Member(new RecordingConnection(5), "c", Language.JAVA, 479, 0),
                new ConsumerMode(ConsumeType.CONSUME_PASSIVELY, MessageModel.CLUSTERING, "CONSUME_FROM_FIRST_OFFSET"),
                List.of(subscription("T", "*", "TAG", 1)));
        pulls.with("consumerGroup", "H");

        assertThat(pulls.pull().code()).isEqualTo(19);
    }

    @Test
    void missingFieldFailsTheRequestByName() {
        pulls.with("queueOffset", "");

        assertThatThrownBy(pulls::pull)
                .isInstanceOf(MissingFieldException.class)
                .hasMessageContaining("queueOffset");
    }

    private void expect(int code, String remark, String forbiddenType) {
        Command answer = pulls.pull();
        assertThat(answer.remark()).isEqualTo(remark);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.fields().text("forbiddenType")).isEqualTo(forbiddenType);
        assertThat(pulls.held.count()).isZero();
    }

    private String remote() {
        return pulls.connection.remoteAddress().toString();
    }

    private static GroupConfig group(String name, boolean consume, boolean broadcast) {
        GroupConfig all = GroupConfig.named(name);
        return new GroupConfig(
                name,
                consume,
                all.consumeFromMinEnable(),
                broadcast,
                all.consumeMessageOrderly(),
                all.retryQueues(),
                all.retryMaxTimes(),
                all.retryPolicy(),
                all.brokerId(),
                all.slowBrokerId(),
                all.notifyMembers(),
                all.sysFlag(),
                all.consumeTimeoutMinutes(),
                Map.of());
    }
}
