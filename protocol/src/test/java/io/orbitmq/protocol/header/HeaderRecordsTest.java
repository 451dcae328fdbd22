package io.orbitmq.protocol.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.frame.MissingFieldException;
import io.orbitmq.protocol.header.group.HeartbeatAnswerHeader;
import io.orbitmq.protocol.header.offset.QueryOffsetHeader;
import io.orbitmq.protocol.header.pull.PullAnswerHeader;
import io.orbitmq.protocol.header.pull.PullFlags;
import io.orbitmq.protocol.header.pull.PullRequestHeader;
import io.orbitmq.protocol.header.route.MinBrokerIdHeader;
import io.orbitmq.protocol.header.route.RegisterBrokerHeader;
import io.orbitmq.protocol.header.send.EndTransactionHeader;
import io.orbitmq.protocol.header.send.ReceivedSend;
import io.orbitmq.protocol.header.send.SendAnswerHeader;
import io.orbitmq.protocol.header.send.SendBackHeader;
import io.orbitmq.protocol.header.send.SendMessageHeader;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Header records against frames captured from official peers. */
class HeaderRecordsTest {

    private static final Fields CAPTURED_SEND = Fields.of(
            "a",
            "PG_T1",
            "b",
            "TopicA",
            "c",
            "TBW102",
            "d",
            "4",
            "e",
            "1",
            "f",
            "0",
            "g",
            "1795225017881",
            "h",
            "7",
            "i",
            "a\u00015\u0002",
            "j",
            "0",
            "k",
            "false",
            "m",
            "false",
            "n",
            "broker-a");

    @Test
    void readsTheCapturedShortSend() {
        SendMessageHeader header = all(ReceivedSend.of(RequestCode.SEND_MESSAGE_V2, CAPTURED_SEND));
        assertThat(header)
                .isEqualTo(new SendMessageHeader(
                        "PG_T1",
                        "TopicA",
                        "TBW102",
                        4,
                        1,
                        0,
                        1795225017881L,
                        7,
                        "a\u00015\u0002",
                        0,
                        false,
                        -1,
                        false));
        assertThat(all(ReceivedSend.of(RequestCode.SEND_BATCH_MESSAGE, header.toShortFields())))
                .isEqualTo(header);
    }

    @Test
    void readsTheLongSend() {
        Fields fields = Fields.of(
                "producerGroup",
                "g",
                "topic",
                "T",
                "queueId",
                "-1",
                "properties",
                "p",
                "maxReconsumeTimes",
                "3",
                "batch",
                "TRUE",
                "reconsumeTimes",
                "2");
        SendMessageHeader header = new SendMessageHeader("g", "T", "", 4, -1, 0, 0, 0, "p", 2, false, 3, true);
        assertThat(all(ReceivedSend.of(RequestCode.SEND_MESSAGE, fields))).isEqualTo(header);
        assertThat(all(ReceivedSend.of(RequestCode.SEND_REPLY_MESSAGE, fields))).isEqualTo(header);
    }

    @Test
    void aSendWithoutTopicOrQueueIsNoSend() {
        assertThatThrownBy(() -> ReceivedSend.of(RequestCode.SEND_MESSAGE_V2, Fields.of("b", "T")))
                .isInstanceOf(MissingFieldException.class)
                .hasMessageContaining("'e'");
        assertThatThrownBy(() -> ReceivedSend.of(RequestCode.SEND_MESSAGE_V2, Fields.of("e", "1"))
                        .topic())
                .isInstanceOf(MissingFieldException.class);
    }

    @Test
    void writesTheCapturedSendAnswer() {
        SendAnswerHeader answer =
                new SendAnswerHeader("7F00000100004EF20000000000000000", 1, 0, "FD00", "", "", "DefaultRegion", true);
        assertThat(answer.toFields())
                .isEqualTo(Fields.of(
                        "queueId",
                        "1",
                        "transactionId",
                        "FD00",
                        "msgId",
                        "7F00000100004EF20000000000000000",
                        "TRACE_ON",
                        "true",
                        "MSG_REGION",
                        "DefaultRegion",
                        "queueOffset",
                        "0"));
    }

    @Test
    void readsTheCapturedPull() {
        PullRequestHeader pull = PullRequestHeader.from(Fields.of(
                "queueId",
                "0",
                "maxMsgBytes",
                "262144",
                "maxMsgNums",
                "32",
                "sysFlag",
                "3",
                "suspendTimeoutMillis",
                "15000",
                "commitOffset",
                "2",
                "bname",
                "broker-a",
                "topic",
                "TopA",
                "queueOffset",
                "2",
                "expressionType",
                "TAG",
                "subVersion",
                "1795225181486",
                "consumerGroup",
                "GCap"));
        assertThat(pull)
                .isEqualTo(new PullRequestHeader(
                        "GCap", "TopA", 0, 2, 32, 3, 2, 15000, "", 1795225181486L, "TAG", 262144));
        assertThat(PullFlags.has(pull.sysFlag(), PullFlags.SUSPEND)).isTrue();
        assertThat(PullFlags.has(pull.sysFlag(), PullFlags.SUBSCRIPTION)).isFalse();
    }

    @Test
    void writesTheCapturedPullAnswer() {
        assertThat(new PullAnswerHeader(0, 3, 0, 3, 0, 0, -1).toFields())
                .isEqualTo(Fields.of(
                        "suggestWhichBrokerId",
                        "0",
                        "groupSysFlag",
                        "0",
                        "nextBeginOffset",
                        "3",
                        "maxOffset",
                        "3",
                        "minOffset",
                        "0",
                        "topicSysFlag",
                        "0"));
        assertThat(new PullAnswerHeader(0, 3, 0, 3, 0, 0, 2).toFields().text("forbiddenType"))
                .isEqualTo("2");
    }

    @Test
    void readsTheCapturedSendBackAndEndOfTransaction() {
        assertThat(SendBackHeader.from(Fields.of(
                        "maxReconsumeTimes",
                        "1",
                        "offset",
                        "514",
                        "bname",
                        "broker-a",
                        "delayLevel",
                        "0",
                        "originTopic",
                        "TopA",
                        "originMsgId",
                        "FD00",
                        "unitMode",
                        "false",
                        "group",
                        "GCap")))
                .isEqualTo(new SendBackHeader(514, "GCap", 0, "FD00", "TopA", false, 1));
        assertThat(EndTransactionHeader.from(Fields.of(
                        "producerGroup",
                        "PG_T1",
                        "bname",
                        "broker-a",
                        "commitLogOffset",
                        "7317",
                        "topic",
                        "TopicT",
                        "msgId",
                        "FD",
                        "tranStateTableOffset",
                        "0",
                        "commitOrRollback",
                        "8",
                        "transactionId",
                        "FD",
                        "fromTransactionCheck",
                        "false")))
                .isEqualTo(new EndTransactionHeader("TopicT", "PG_T1", 0, 7317, 8, false, "FD", "FD"));
    }

    @Test
    void readsTheCapturedBrokerRegistration() {
        RegisterBrokerHeader header = RegisterBrokerHeader.from(Fields.of(
                "brokerName",
                "broker-auth",
                "clusterName",
                "DefaultCluster",
                "brokerAddr",
                "127.0.0.1:20140",
                "AccessKey",
                "inner",
                "haServerAddr",
                "192.0.2.2:20141",
                "compressed",
                "false",
                "bodyCrc32",
                "999343231",
                "brokerId",
                "0",
                "Signature",
                "x",
                "enableActingMaster",
                "false"));
        assertThat(header)
                .isEqualTo(new RegisterBrokerHeader(
                        "broker-auth",
                        "127.0.0.1:20140",
                        "DefaultCluster",
                        "192.0.2.2:20141",
                        0,
                        -1,
                        Optional.of(false),
                        false,
                        999343231,
                        ""));
        assertThat(RegisterBrokerHeader.from(header.toFields())).isEqualTo(header);
    }

    @Test
    void writesTheCapturedNotificationOfAMinimumBrokerId() {
        assertThat(new MinBrokerIdHeader(1, "127.0.0.1:20162", "127.0.0.1:20161", "").toFields())
                .isEqualTo(Fields.of(
                        "offlineBrokerAddr",
                        "127.0.0.1:20161",
                        "minBrokerAddr",
                        "127.0.0.1:20162",
                        "minBrokerId",
                        "1"));
    }

    @Test
    void absentOptionsHaveTheServersDefaults() {
        QueryOffsetHeader query = QueryOffsetHeader.from(Fields.of("consumerGroup", "g", "topic", "t", "queueId", "0"));
        assertThat(query.setZeroIfNotFound()).isTrue();
        assertThat(new HeartbeatAnswerHeader(true, true).toFields())
                .isEqualTo(Fields.of("IS_SUPPORT_HEART_BEAT_V2", "true", "IS_SUB_CHANGE", "true"));
    }

    private static SendMessageHeader all(ReceivedSend send) {
        return new SendMessageHeader(
                send.producerGroup(),
                send.topic(),
                send.defaultTopic(),
                send.defaultTopicQueueNums(),
                send.queueId(),
                send.sysFlag(),
                send.bornTimestamp(),
                send.flag(),
                send.propertiesText(),
                send.reconsumeTimes(),
                send.unitMode(),
                send.maxReconsumeTimes(),
                send.batch());
    }
}
