package io.orbitmq.broker.pop;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.TopicSettings;
import io.orbitmq.protocol.body.group.GroupConfig;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.store.AppendOutcome.Reason;
import io.orbitmq.transport.fake.RecordingExchange;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each row of protocol/08 section 2.1, and of the checks of the other requests. */
final class PopChecksTest {

    private static final String FAQ = "\nSee https://rocketmq.apache.org/docs/bestPractice/06FAQ for further details.";

    private final PopFixture broker = new PopFixture();
    private final String host = broker.config.get().identity().advertisedHost();

    @Test
    void refusesAPopThatWasUnderWayForTooLong() {
        long nowMs = broker.clock.epochMs();

        expect(
                broker.pop("bornTime", nowMs - 1_501, "pollTime", 1_000),
                ResponseCode.POLLING_TIMEOUT,
                "the broker[" + host + "] pop message is timeout too much");
        assertThat(broker.pop("bornTime", nowMs - 500).remark()).isEqualTo("NO_MESSAGE_IN_QUEUE");
        assertThat(broker.pop("bornTime", 0).remark()).isEqualTo("NO_MESSAGE_IN_QUEUE");
    }

    @Test
    void answersRefusalsWithZeros() {
        Command answer = broker.pop("topic", "nowhere");

        assertThat(answer.fields().text("popTime")).isEqualTo("0");
        assertThat(answer.fields().text("invisibleTime")).isEqualTo("0");
        assertThat(answer.fields().text("reviveQid")).isEqualTo("0");
        assertThat(answer.fields().text("restNum")).isEqualTo("0");
    }

    @Test
    void refusesWhenTheBrokerIsNotReadable() {
        TopicSettings now = broker.config.get().topics();
        broker.config.update(all -> all.withTopics(new TopicSettings(
                now.autoCreate(),
                now.templateQueues(),
                now.clusterTopicWritable(),
                now.brokerTopicWritable(),
                now.traceTopic(),
                now.traceTopicName(),
                2,
                now.protectSystemTopics(),
                now.clearRetryTopicOnDelete())));

        expect(
                broker.pop("maxMsgNums", 33),
                ResponseCode.NO_PERMISSION,
                "the broker[" + host + "] pop message is forbidden");
    }

    @Test
    void refusesPlainlyWhenTheGroupCannotBeCreated() {
        broker.store.refuseNextChange(Reason.DISK_FULL, "No room. Free space.");

        expect(
                broker.pop("consumerGroup", "New"),
                ResponseCode.SYSTEM_ERROR,
                "the group New cannot be created now: the change of the table 'groups' was not stored: No room. Free space.");
        assertThat(broker.pop("consumerGroup", "New").remark()).isEqualTo("NO_MESSAGE_IN_QUEUE");
    }

    @Test
    void refusesPlainlyWhenTheGroupCannotBeCreatedAfterAWait() {
        RecordingExchange held = broker.popHeld();
        broker.groups.delete("G");
        broker.store.refuseNextChange(Reason.DISK_FULL, "No room.");

        broker.store.put("T", 0, "TagA", "hello");

        assertThat(held.response().code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
        assertThat(held.response().remark())
                .startsWith("the group G cannot be created now: ")
                .endsWith("No room.");
    }

    @Test
    void refusesMoreThanThirtyTwoMessages() {
        expect(
                broker.pop("maxMsgNums", 33, "topic", "nowhere"),
                ResponseCode.INVALID_PARAMETER,
                "the broker[" + host + "] pop message's num is greater than 32");
    }

    @Test
    void refusesWithoutTimers() {
        broker.config.update(all -> all.withDelays(all.delays().withTimers(false)));

        expect(
                broker.pop("topic", "nowhere"),
                ResponseCode.SYSTEM_ERROR,
                "the broker[" + host + "] pop message is forbidden because timerWheelEnable is false");
    }

    @Test
    void refusesAMissingTopicAnUnreadableOneAndAnUnknownQueue() {
        broker.topics.put(TopicConfig.of("W", 1, 1, 2));

        expect(
                broker.pop("topic", "nowhere"),
                ResponseCode.TOPIC_NOT_EXIST,
                "topic[nowhere] not exist, apply first please! " + FAQ);
        expect(
                broker.pop("topic", "W", "queueId", 9),
                ResponseCode.NO_PERMISSION,
                "the topic[W] peeking message is forbidden");
        expect(
                broker.pop("queueId", 2, "consumerGroup", "not a group"),
                ResponseCode.INVALID_PARAMETER,
                "queueId[2] is illegal, topic:[T] topicConfig.readQueueNums:[2] consumer:["
                        + broker.connection.remoteAddress() + "]");
    }

    @Test
    void refusesAGroupThatMayNotBeOrMayNotConsumeAndThenABadExpression() {
        GroupConfig group = GroupConfig.named("off");
        broker.groups.put(new GroupConfig(
                group.name(),
                false,
                group.consumeFromMinEnable(),
                group.consumeBroadcastEnable(),
                group.consumeMessageOrderly(),
                group.retryQueues(),
                group.retryMaxTimes(),
                group.retryPolicy(),
                group.brokerId(),
                group.slowBrokerId(),
                group.notifyMembers(),
                group.sysFlag(),
                group.consumeTimeoutMinutes(),
                group.attributes()));

        expect(
                broker.pop("consumerGroup", "not a group"),
                ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST,
                "subscription group [not a group] does not exist, " + FAQ);
        expect(
                broker.pop("consumerGroup", "off", "expType", "SQL92", "exp", "a >"),
                ResponseCode.NO_PERMISSION,
                "subscription group no permission, off");
        expect(
                broker.pop("expType", "SQL92", "exp", "a >"),
                ResponseCode.SUBSCRIPTION_PARSE_FAILED,
                "parse the consumer's subscription failed");
    }

    @Test
    void checksTheTopicTheQueueTheOffsetAndTheHandleOfAnAck() {
        broker.store.put("T", 0, "A", "m");
        String receipt = "0 1 60000 1 0 broker-a 0 0";

        expect(
                broker.ack("nowhere", 0, 0, receipt),
                ResponseCode.TOPIC_NOT_EXIST,
                "topic[nowhere] not exist, apply first please! " + FAQ);
        expect(
                broker.ack("T", 2, 0, receipt),
                ResponseCode.MESSAGE_ILLEGAL,
                "queueId[2] is illegal, topic:[T] topicConfig.readQueueNums:[2] consumer:["
                        + broker.connection.remoteAddress() + "]");
        assertThat(broker.ack("T", -1, 0, receipt).code()).isEqualTo(ResponseCode.MESSAGE_ILLEGAL);
        expect(
                broker.ack("T", 0, 999, receipt),
                ResponseCode.NO_MESSAGE,
                "offset is illegal, key:T@0, commit:999, store:0~1");
        assertThat(broker.ack("T", 0, 0, "0 1 2").code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
        assertThat(broker.ack("T", 0, 1, receipt).code()).isZero();
        assertThat(broker.ack("T", 0, 0, "0 1 60000 1 0 broker-a 0").code()).isZero();
    }

    @Test
    void countsTheEndOfTheQueueAsIllegalForANewTime() {
        broker.store.put("T", 0, "A", "m");
        Map<String, Object> fields = new HashMap<>(Map.of(
                "consumerGroup",
                "G",
                "topic",
                "T",
                "queueId",
                0,
                "offset",
                1,
                "extraInfo",
                "0 1 60000 1 0 broker-a 0 1",
                "invisibleTime",
                1000));

        Command answer =
                broker.send(RequestCode.CHANGE_MESSAGE_INVISIBLETIME, fields).response();

        assertThat(answer.code()).isEqualTo(ResponseCode.NO_MESSAGE);
        assertThat(answer.fields().text("popTime")).isEqualTo("0");
        assertThat(answer.fields().text("invisibleTime")).isEqualTo("0");
        assertThat(answer.fields().text("reviveQid")).isEqualTo("0");
    }

    private static void expect(Command answer, int code, String remark) {
        assertThat(answer.remark()).isEqualTo(remark);
        assertThat(answer.code()).isEqualTo(code);
    }
}
