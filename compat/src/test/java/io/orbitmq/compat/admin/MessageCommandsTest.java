package io.orbitmq.compat.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.Sent;
import io.orbitmq.compat.client.TestProducer;
import io.orbitmq.compat.scenario.Scenario;
import io.orbitmq.compat.scenario.ServerExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Commands about single messages. */
class MessageCommandsTest {

    @RegisterExtension
    static final ServerExtension SERVER = ServerExtension.standard();

    private Mqadmin mqadmin;
    private Scenario scenario;
    private TestProducer producer;

    @BeforeEach
    void connect() {
        mqadmin = new Mqadmin(SERVER.server().nameserver());
        scenario = SERVER.scenario(ClientVersion.V5_3_3);
        producer = scenario.producer();
    }

    @Test
    void queryMsgByIdPrintsTheMessage() {
        String topic = scenario.topic(producer, "byid", 1);
        Sent sent = producer.send(Outgoing.of(topic, "find me").tag("TagA").keys("k1"));

        assertThat(mqadmin.run("queryMsgById", "-t", topic, "-i", sent.offsetMessageId()))
                .contains("OffsetID:")
                .contains(sent.offsetMessageId())
                .contains("[TagA]")
                .contains("[k1]")
                .contains(topic)
                .containsPattern("Queue Offset:\\s+0");
    }

    @Test
    void queryMsgByKeyListsTheMessages() {
        String topic = scenario.topic(producer, "bykey", 1);
        Sent first = producer.send(Outgoing.of(topic, "one").keys("shared"));
        Sent second = producer.send(Outgoing.of(topic, "two").keys("shared"));

        Scenario.await("the index")
                .untilAsserted(() -> assertThat(mqadmin.run("queryMsgByKey", "-t", topic, "-k", "shared"))
                        .contains(first.messageId())
                        .contains(second.messageId()));
        assertThat(mqadmin.run("queryMsgByKey", "-t", topic, "-k", "unheard-of"))
                .contains("query message by key finished, but no message.");
    }

    @Test
    void queryMsgByUniqueKeyPrintsTheMessageAndWhoConsumedIt() {
        String topic = scenario.topic(producer, "byunique", 1);
        String group = scenario.name("consumed");
        scenario.push(scenario.consumerPlan(group, topic), batch -> true);
        Sent sent = producer.send(Outgoing.of(topic, "unique").keys("k"));

        Scenario.await("the index").ignoreExceptions().until(() -> producer.viewMessage(topic, sent.messageId())
                .text()
                .equals("unique"));
        Scenario.await("the committed offset")
                .untilAsserted(() -> assertThat(mqadmin.run("consumerProgress", "-g", group, "-t", topic))
                        .contains("Consume Diff Total: 0"));

        // Asked once: the tool keeps the connection of this command and cannot run it twice in one process.
        assertThat(mqadmin.run("queryMsgByUniqueKey", "-t", topic, "-i", sent.messageId()))
                .contains(sent.messageId())
                .contains(group)
                .contains("CONSUMED");
    }

    @Test
    void queryMsgByOffsetPrintsTheMessage() {
        String topic = scenario.topic(producer, "byoffset", 1);
        producer.send(Outgoing.of(topic, "zero"));
        Sent sent = producer.send(Outgoing.of(topic, "one"));

        assertThat(mqadmin.run(
                        "queryMsgByOffset", "-t", topic, "-b", SERVER.server().brokerName(), "-i", "0", "-o", "1"))
                .contains(sent.offsetMessageId());
    }

    @Test
    void printMsgPrintsAllMessages() {
        String topic = scenario.topic(producer, "printed", 2);
        Sent first = producer.send(Outgoing.of(topic, "first body").tag("TagA"));
        Sent second = producer.send(Outgoing.of(topic, "second body").tag("TagB"));

        assertThat(mqadmin.run("printMsg", "-t", topic, "-d", "true"))
                .contains("MSGID: " + first.messageId())
                .contains("MSGID: " + second.messageId())
                .contains("first body")
                .contains("second body");
        assertThat(mqadmin.run("printMsg", "-t", topic, "-s", "TagB"))
                .contains(second.messageId())
                .doesNotContain(first.messageId());
        assertThat(mqadmin.run(
                        "printMsgByQueue",
                        "-t",
                        topic,
                        "-a",
                        SERVER.server().brokerName(),
                        "-i",
                        String.valueOf(second.queue().id()),
                        "-p",
                        "true",
                        "-f",
                        "true"))
                .contains("TagB");
    }

    @Test
    void sendMessageStoresAMessageThatConsumeMessagePrints() {
        String topic = scenario.topic(producer, "sent", 1);

        assertThat(mqadmin.run("sendMessage", "-t", topic, "-p", "from the tool", "-c", "TagA", "-k", "k1"))
                .contains("SEND_OK")
                .contains(SERVER.server().brokerName());

        assertThat(mqadmin.run(
                        "consumeMessage",
                        "-t",
                        topic,
                        "-b",
                        SERVER.server().brokerName(),
                        "-i",
                        "0",
                        "-o",
                        "0",
                        "-c",
                        "1"))
                .contains("from the tool");
    }

    @Test
    void checkMsgSendRtAndSendMsgStatusSend() {
        String topic = scenario.topic(producer, "roundtrip", 1);

        assertThat(mqadmin.run("checkMsgSendRT", "-t", topic, "-a", "3", "-s", "10"))
                .contains(SERVER.server().brokerName())
                .contains("Avg RT");
        assertThat(mqadmin.run("sendMsgStatus", "-b", SERVER.server().brokerName(), "-c", "2", "-s", "10"))
                .contains("SEND_OK");
    }
}
