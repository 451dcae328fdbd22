package io.orbitmq.compat.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.ConsumerPlan;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.ProducerPlan;
import io.orbitmq.compat.client.Queue;
import io.orbitmq.compat.client.Sent;
import io.orbitmq.compat.client.TestConsumer;
import io.orbitmq.compat.client.TestProducer;
import io.orbitmq.compat.server.ServerPlan;
import io.orbitmq.compat.server.TestNameserver;
import io.orbitmq.compat.server.TestServer;
import io.orbitmq.compat.server.TestServers;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two name servers and two brokers, each a process, on one machine. */
class TwoBrokersTest {

    @ParameterizedTest
    @EnumSource
    void sendingAndConsumingGoOnWhenABrokerAndANameserverDie(ClientVersion version) {
        try (TestNameserver first = TestServers.startNameserver();
                TestNameserver second = TestServers.startNameserver()) {
            String nameservers = first.address() + ";" + second.address();
            try (TestServer a = TestServers.startProcess(
                            ServerPlan.standard().named("broker-a").joining(nameservers));
                    TestServer b = TestServers.startProcess(
                            ServerPlan.standard().named("broker-b").joining(nameservers));
                    Scenario scenario = new Scenario(version, a)) {
                play(scenario, nameservers, first, a, b);
            }
        }
    }

    private static void play(Scenario scenario, String nameservers, TestNameserver first, TestServer a, TestServer b) {
        TestProducer producer = scenario.producer(
                ProducerPlan.of(nameservers, scenario.name("producers")).sendTimeoutMs(10_000));
        String topic = scenario.topic(producer, "both", 4, 8);
        Inbox inbox = new Inbox();
        TestConsumer consumer = scenario.push(ConsumerPlan.of(nameservers, scenario.name("consumers"), topic), inbox);

        List<Sent> sent = IntStream.range(0, 16)
                .mapToObj(i -> producer.send(Outgoing.of(topic, "m" + i)))
                .toList();
        assertThat(sent).extracting(one -> one.queue().broker()).contains(a.brokerName(), b.brokerName());
        assertThat(sent).extracting(Sent::queue).containsAll(producer.queues(topic));
        Scenario.await("all messages of both brokers").until(() -> inbox.size() >= 16);

        first.close();
        b.kill();
        Set<String> after = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            String text = "after" + i;
            assertThat(producer.send(Outgoing.of(topic, text)).queue().broker()).isEqualTo(a.brokerName());
            after.add(text);
        }
        Scenario.await("the messages of the broker that is left")
                .until(() -> new HashSet<>(inbox.texts()).containsAll(after));

        b.startAgain();
        Scenario.await("sends to the broker that came back").until(() -> {
            Queue queue = producer.send(Outgoing.of(topic, "welcome back")).queue();
            return queue.broker().equals(b.brokerName());
        });
        consumer.close();
        assertThat(inbox.texts()).contains("m0", "m15");
    }
}
