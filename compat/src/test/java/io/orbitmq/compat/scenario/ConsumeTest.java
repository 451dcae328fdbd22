package io.orbitmq.compat.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.ConsumerPlan;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.Received;
import io.orbitmq.compat.client.TestConsumer;
import io.orbitmq.compat.client.TestProducer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Push consumers: groups that share, groups that all listen, filters, waking, waiting for a topic. */
class ConsumeTest {

    @RegisterExtension
    static final ServerExtension SERVER = ServerExtension.standard();

    @ParameterizedTest
    @EnumSource
    void handsOutMessagesWithAllTheirProperties(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "whole", 1);
        Inbox inbox = new Inbox();
        scenario.push(scenario.consumerPlan(scenario.name("readers"), topic), inbox);

        var sent = producer.send(Outgoing.of(topic, "héllo wörld")
                .tag("TagA")
                .keys("key1 key2")
                .properties(Map.of("colour", "blue", "empty ", "with blank ")));

        Scenario.await("the message").until(() -> inbox.size() == 1);
        Received received = inbox.messages().get(0);
        assertThat(received.queue()).isEqualTo(sent.queue());
        assertThat(received.queueOffset()).isZero();
        assertThat(received.text()).isEqualTo("héllo wörld");
        assertThat(received.tag()).isEqualTo("TagA");
        assertThat(received.keys()).isEqualTo("key1 key2");
        assertThat(received.messageId()).isEqualTo(sent.messageId());
        assertThat(received.properties())
                .containsEntry("colour", "blue")
                .containsEntry("empty ", "with blank ")
                .containsEntry("CLUSTER", SERVER.server().clusterName())
                .containsEntry("MIN_OFFSET", "0")
                .containsEntry("MAX_OFFSET", "1");
        assertThat(received.origin().offsetMessageId()).isEqualTo(sent.offsetMessageId());
        assertThat(received.origin().storeHost()).endsWith(SERVER.server().broker());
        assertThat(received.origin().storeTimestampMs())
                .isGreaterThanOrEqualTo(received.origin().bornTimestampMs());
        assertThat(received.origin().reconsumeTimes()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void losesNothingWhileConsumersJoinAndLeave(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "changing", 4);
        ConsumerPlan plan = scenario.consumerPlan(scenario.name("changers"), topic);
        Set<String> seen = ConcurrentHashMap.newKeySet();
        List<TestConsumer> consumers = new ArrayList<>();

        for (int i = 0; i < 3_000; i++) {
            if (i % 1_000 == 0) {
                consumers.add(scenario.push(plan.named(scenario.name("member" + i)), batch -> {
                    batch.forEach(message -> seen.add(message.text()));
                    return true;
                }));
            }
            if (i == 1_500 || i == 2_500) {
                consumers.remove(0).close();
            }
            producer.send(Outgoing.of(topic, "m" + i));
        }

        Scenario.await("all 3000 messages").untilAsserted(() -> assertThat(seen).hasSize(3_000));
    }

    @ParameterizedTest
    @EnumSource
    void broadcastsEveryMessageToEveryConsumer(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "broadcast", 4);
        ConsumerPlan plan =
                scenario.consumerPlan(scenario.name("audience"), topic).byBroadcast();
        List<Inbox> inboxes = List.of(new Inbox(), new Inbox(), new Inbox());
        for (int i = 0; i < 3; i++) {
            scenario.push(plan.named(scenario.name("listener" + i)), inboxes.get(i));
        }

        List<String> texts = IntStream.range(0, 40).mapToObj(i -> "m" + i).toList();
        texts.forEach(text -> producer.send(Outgoing.of(topic, text)));

        for (Inbox inbox : inboxes) {
            Scenario.await("all messages").until(() -> inbox.size() >= 40);
            assertThat(inbox.texts()).containsExactlyInAnyOrderElementsOf(texts);
        }
    }

    @ParameterizedTest
    @EnumSource
    void filtersByTagExpression(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "tagged", 2);
        Inbox inbox = new Inbox();
        scenario.push(scenario.consumerPlan(scenario.name("choosy"), topic).expression("TagA || TagB"), inbox);

        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String tag = List.of("TagA", "TagB", "TagC", "").get(i % 4);
            producer.send(Outgoing.of(topic, "m" + i).tag(tag));
            if (i % 4 < 2) {
                wanted.add("m" + i);
            }
        }

        Scenario.await("the wanted messages").until(() -> inbox.size() >= wanted.size());
        assertThat(inbox.texts()).containsExactlyInAnyOrderElementsOf(wanted);
    }

    @ParameterizedTest
    @EnumSource
    void filtersBySqlExpression(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "selected", 2);
        Inbox inbox = new Inbox();
        scenario.push(
                scenario.consumerPlan(scenario.name("selective"), topic)
                        .expression("sql:colour = 'blue' AND size BETWEEN 10 AND 19"),
                inbox);

        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String colour = i % 2 == 0 ? "blue" : "red";
            producer.send(Outgoing.of(topic, "m" + i).properties(Map.of("colour", colour, "size", String.valueOf(i))));
            if (i % 2 == 0 && i >= 10 && i <= 19) {
                wanted.add("m" + i);
            }
        }

        Scenario.await("the wanted messages").until(() -> inbox.size() >= wanted.size());
        assertThat(inbox.texts()).containsExactlyInAnyOrderElementsOf(wanted);
    }

    @ParameterizedTest
    @EnumSource
    void wakesAWaitingConsumerWithEachMessage(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "ping", 1);
        Inbox inbox = new Inbox();
        scenario.push(scenario.consumerPlan(scenario.name("pong"), topic), inbox);

        // Each message is sent after the one before has arrived: a server that finds waiting consumers only by looking
        // every
        // few seconds cannot do a hundred within the limit.
        for (int i = 1; i <= 100; i++) {
            producer.send(Outgoing.of(topic, "m" + i));
            int expected = i;
            Scenario.await("message " + i).until(() -> inbox.size() == expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void servesAConsumerThatCameBeforeItsTopic(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        String topic = scenario.name("later");
        Inbox inbox = new Inbox();
        scenario.push(scenario.consumerPlan(scenario.name("early"), topic), inbox);
        TestProducer producer = scenario.producer();

        producer.send(Outgoing.of(topic, "first of its topic"));

        Scenario.await("the message").until(() -> inbox.size() == 1);
    }

    @ParameterizedTest
    @EnumSource
    void twoGroupsGetTheirOwnCopies(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "copies", 2);
        for (int i = 0; i < 30; i++) {
            producer.send(Outgoing.of(topic, "m" + i));
        }
        Inbox one = new Inbox();
        Inbox two = new Inbox();
        scenario.push(scenario.consumerPlan(scenario.name("one"), topic), one);
        scenario.push(scenario.consumerPlan(scenario.name("two"), topic), two);

        Scenario.await("both groups").until(() -> one.size() >= 30 && two.size() >= 30);
        assertThat(one.texts()).hasSize(30).containsExactlyInAnyOrderElementsOf(two.texts());
    }
}
