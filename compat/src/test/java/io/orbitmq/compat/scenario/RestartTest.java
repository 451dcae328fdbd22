package io.orbitmq.compat.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.ConsumerPlan;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.Queue;
import io.orbitmq.compat.client.Received;
import io.orbitmq.compat.client.Sent;
import io.orbitmq.compat.client.TestConsumer;
import io.orbitmq.compat.client.TestProducer;
import io.orbitmq.compat.client.TestPull;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a restart must not touch: messages, offsets, topics, the clients that stay connected. */
class RestartTest {

    @RegisterExtension
    static final ServerExtension SERVER = ServerExtension.standard();

    @ParameterizedTest
    @EnumSource
    void aGroupGoesOnWhereItStopped(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "resumed", 3);
        ConsumerPlan plan = scenario.consumerPlan(scenario.name("resumers"), topic);
        Inbox before = new Inbox();
        TestConsumer consumer = scenario.push(plan.named(scenario.name("before")), before);
        for (int i = 0; i < 60; i++) {
            producer.send(Outgoing.of(topic, "old" + i));
        }
        Scenario.await("the first messages").until(() -> before.size() >= 60);
        consumer.close();
        Map<Queue, Long> committed = Scenario.await("the committed offsets")
                .until(
                        () -> committed(scenario, plan),
                        offsets -> offsets.values().stream().mapToLong(o -> o).sum() == 60);

        SERVER.server().restart();

        sendWhenUp(producer, topic, "new0");
        assertThat(committed(scenario, plan)).isEqualTo(committed);
        for (int i = 1; i < 10; i++) {
            producer.send(Outgoing.of(topic, "new" + i));
        }
        Inbox after = new Inbox();
        scenario.push(plan.named(scenario.name("after")), after);
        Scenario.await("the new messages").until(() -> after.size() >= 10);
        assertThat(after.texts())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 10).mapToObj(i -> "new" + i).toList());
    }

    @ParameterizedTest
    @EnumSource
    void messagesKeepTheirPlaceAndTheirIndex(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "kept", 1);
        Queue queue = new Queue(topic, SERVER.server().brokerName(), 0);
        List<Sent> sent = IntStream.range(0, 20)
                .mapToObj(i -> producer.send(Outgoing.of(topic, "m" + i).keys("key" + i), queue))
                .toList();

        SERVER.server().restart();

        assertThat(sendWhenUp(producer, topic, "one more").queueOffset()).isEqualTo(20);
        for (Sent one : sent) {
            Received viewed = producer.viewMessage(topic, one.offsetMessageId());
            assertThat(viewed.text()).isEqualTo("m" + one.queueOffset());
            assertThat(viewed.queueOffset()).isEqualTo(one.queueOffset());
        }
        Scenario.await("the index").ignoreExceptions().untilAsserted(() -> assertThat(
                        producer.queryMessage(topic, "key7", 32, 0, Long.MAX_VALUE))
                .extracting(Received::text)
                .containsExactly("m7"));
    }

    @ParameterizedTest
    @EnumSource
    void aConnectedConsumerComesBack(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "reconnected", 2);
        Inbox inbox = new Inbox();
        scenario.push(scenario.consumerPlan(scenario.name("stayers"), topic), inbox);
        producer.send(Outgoing.of(topic, "before"));
        Scenario.await("the first message").until(() -> inbox.size() >= 1);

        SERVER.server().restart();

        sendWhenUp(producer, topic, "after");
        Scenario.await("the message after the restart")
                .until(() -> inbox.texts().contains("after"));
    }

    private static Sent sendWhenUp(TestProducer producer, String topic, String text) {
        return Scenario.await("sending again")
                .ignoreExceptions()
                .until(() -> producer.send(Outgoing.of(topic, text)), sent -> true);
    }

    /** Asks through a member of the group that leaves again at once: a member takes part in sharing the queues. */
    private static Map<Queue, Long> committed(Scenario scenario, ConsumerPlan plan) {
        try (TestPull observer = scenario.pull(plan.named(scenario.name("observer")))) {
            return observer.queues(plan.topic()).stream()
                    .collect(Collectors.toMap(queue -> queue, queue -> Math.max(0, observer.offsetFromBroker(queue))));
        }
    }
}
