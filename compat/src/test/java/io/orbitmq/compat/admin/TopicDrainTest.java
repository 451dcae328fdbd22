package io.orbitmq.compat.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.Queue;
import io.orbitmq.compat.client.Received;
import io.orbitmq.compat.client.TestProducer;
import io.orbitmq.compat.harness.ChildProcess;
import io.orbitmq.compat.scenario.Scenario;
import io.orbitmq.compat.scenario.ServerExtension;
import io.orbitmq.compat.server.OrbitTool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The drain between official producers and consumers; it works with any server that speaks the protocol. */
class TopicDrainTest {

    private static final int MESSAGES = 2_000;
    private static final int KEYS = 20;
    private static final int NARROW = 2;
    private static final int WIDE = 6;
    /** What the drain pulls from one queue before it commits. */
    private static final int UNCOMMITTED = 32;

    @RegisterExtension
    static final ServerExtension SERVER = ServerExtension.standard();

    @ParameterizedTest
    @EnumSource
    void aKilledDrainIsContinuedWithoutLossAndInOrder(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String from = scenario.topic(producer, "narrow", NARROW);
        String to = scenario.topic(producer, "wide", WIDE);
        Map<String, String> ids = send(producer, from);

        try (ChildProcess first = drain(from, to, "--rate", "500")) {
            first.awaitLine(line -> line.startsWith("forwarded "));
            first.kill();
        }
        long second = finish(drain(from, to));
        assertThat(second).isBetween(1L, MESSAGES - 1L);
        assertThat(finish(drain(from, to))).isZero();

        ConcurrentLinkedQueue<Received> arrived = new ConcurrentLinkedQueue<>();
        scenario.push(scenario.consumerPlan(scenario.name("readers"), to).inOrder(), arrived::addAll);
        Scenario.await("all messages").until(() -> distinct(arrived) == MESSAGES);
        check(List.copyOf(arrived), ids);

        String back = scenario.topic(producer, "back", 1);
        assertThat(finish(drain(to, back))).isEqualTo(producerCount(producer, to));
        assertThat(producerCount(producer, back)).isEqualTo(producerCount(producer, to));
    }

    private static Map<String, String> send(TestProducer producer, String topic) {
        Map<String, String> ids = new HashMap<>();
        for (int i = 0; i < MESSAGES; i++) {
            int key = i % KEYS;
            Queue queue = new Queue(topic, SERVER.server().brokerName(), key % NARROW);
            Outgoing message = Outgoing.of(topic, String.valueOf(i))
                    .tag("Tag" + key % 3)
                    .keys("order" + key)
                    .properties(Map.of("own", "value" + i));
            ids.put(String.valueOf(i), producer.send(message, queue).messageId());
        }
        return ids;
    }

    private static void check(List<Received> arrived, Map<String, String> ids) {
        Map<String, List<Integer>> byKey = new HashMap<>();
        Map<String, Queue> queues = new HashMap<>();
        for (Received message : arrived) {
            int number = Integer.parseInt(message.text());
            assertThat(message.keys()).isEqualTo("order" + number % KEYS);
            assertThat(message.tag()).isEqualTo("Tag" + number % KEYS % 3);
            assertThat(message.properties()).containsEntry("own", "value" + number);
            assertThat(message.messageId()).as("UNIQ_KEY of " + number).isEqualTo(ids.get(message.text()));
            assertThat(queues.computeIfAbsent(message.keys(), key -> message.queue()))
                    .isEqualTo(message.queue());
            byKey.computeIfAbsent(message.keys(), key -> new ArrayList<>()).add(number);
        }
        byKey.forEach((key, numbers) ->
                assertThat(numbers.stream().distinct().toList()).as(key).isSorted());
        assertThat(arrived.size()).isBetween(MESSAGES, MESSAGES + NARROW * UNCOMMITTED);
    }

    private static ChildProcess drain(String from, String to, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "topic",
                "drain",
                "--from",
                from,
                "--to",
                to,
                "-n",
                SERVER.server().nameserver()));
        arguments.addAll(List.of(more));
        return OrbitTool.start(arguments);
    }

    /** Waits for the end of a drain and answers how many messages it says to have forwarded. */
    private static long finish(ChildProcess drain) {
        try (drain) {
            assertThat(drain.awaitEnd(Duration.ofMinutes(1))).as(drain.text()).isZero();
            Matcher said = Pattern.compile("Forwarded (\\d+) messages").matcher(drain.text());
            assertThat(said.find()).as(drain.text()).isTrue();
            return Long.parseLong(said.group(1));
        }
    }

    private static long producerCount(TestProducer producer, String topic) {
        return producer.queues(topic).stream()
                .mapToLong(queue -> producer.maxOffset(queue) - producer.minOffset(queue))
                .sum();
    }

    private static long distinct(ConcurrentLinkedQueue<Received> arrived) {
        return arrived.stream().map(Received::text).distinct().count();
    }
}
