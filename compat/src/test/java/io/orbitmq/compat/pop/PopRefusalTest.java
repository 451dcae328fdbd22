package io.orbitmq.compat.pop;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.TestProducer;
import io.orbitmq.compat.scenario.Scenario;
import io.orbitmq.compat.scenario.ServerExtension;
import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What pop requests are refused with, code and text (protocol/08 sections 2.1, 4, 5, 6). */
class PopRefusalTest {

    @RegisterExtension
    static final ServerExtension SERVER = ServerExtension.standard();

    private PopRequests requests;
    private String topic;
    private String group;

    @BeforeEach
    void connect() {
        Scenario scenario = SERVER.scenario(ClientVersion.V5_3_3);
        TestProducer producer = scenario.producer();
        requests = new PopRequests(SERVER.server());
        topic = scenario.topic(producer, "refused", 1);
        group = scenario.name("refused_group");
        producer.send(Outgoing.of(topic, "m"));
    }

    @AfterEach
    void disconnect() {
        requests.close();
    }

    @Test
    void popsThatCannotBeServed() {
        PopPlan plan = PopPlan.of(topic, group);

        refused(requests.pop(plan.max(33)), 29, "pop message's num is greater than 32");
        refused(
                requests.pop(PopPlan.of("no_such_topic", group)),
                17,
                "topic[no_such_topic] not exist, apply first please!");
        refused(
                requests.pop(plan.queue(7)),
                29,
                "queueId[7] is illegal, topic:[" + topic + "] topicConfig.readQueueNums:[1]");
        refused(
                requests.pop(PopPlan.of(topic, "illegal group")),
                26,
                "subscription group [illegal group] does not exist");
    }

    @Test
    void aPopThatWasUnderWayTooLong() {
        Fields fields = Fields.builder()
                .put("consumerGroup", group)
                .put("topic", topic)
                .put("queueId", -1)
                .put("maxMsgNums", 1)
                .put("invisibleTime", 60_000)
                .put("pollTime", 1_000)
                .put("bornTime", new SystemClock().epochMs() - 3_000)
                .put("initMode", 0)
                .build();

        Command answer = requests.ask(RequestCode.POP_MESSAGE, fields);

        assertThat(answer.code()).isEqualTo(210);
        assertThat(answer.remark()).contains("pop message is timeout too much");
    }

    @Test
    void acknowledgementsOfWhatWasNeverThere() {
        PoppedMessage message =
                requests.pop(PopPlan.of(topic, group)).messages().get(0);
        String handle = message.handle();

        refused(
                requests.ack("no_such_topic", group, message),
                17,
                "topic[no_such_topic] not exist, apply first please!");
        refused(
                requests.ack(topic, group, 9, 0, handle),
                13,
                "queueId[9] is illegal, topic:[" + topic + "] topicConfig.readQueueNums:[1]");
        refused(requests.ack(topic, group, 0, 999, handle), 208, "offset is illegal");
        assertThat(requests.ack(topic, group, 0, 0, "nonsense").code()).isEqualTo(1);
        assertThat(requests.askLater(RequestCode.BATCH_ACK_MESSAGE, Fields.NONE, new byte[0])
                        .join()
                        .code())
                .isEqualTo(208);
        assertThat(requests.batchAck("no_such_topic", group, message, 0).code()).isZero();
        assertThat(requests.ack(topic, group, message).code()).isZero();
    }

    @Test
    void invisibleTimesOfWhatWasNeverThere() {
        PoppedMessage message =
                requests.pop(PopPlan.of(topic, group)).messages().get(0);
        PoppedMessage beyond = new PoppedMessage(
                topic, 0, 1, 0, "", message.properties(), message.handle().replaceAll("0$", "1"));

        assertThat(requests.changeInvisible("no_such_topic", group, message, 1_000)
                        .code())
                .isEqualTo(17);
        assertThat(requests.changeInvisible(topic, group, beyond, 1_000).code()).isEqualTo(208);
    }

    private static void refused(PopAnswer answer, int code, String text) {
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.remark()).contains(text);
    }

    private static void refused(Command answer, int code, String text) {
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.remark()).contains(text);
    }
}
