package io.orbitmq.compat.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.ConsumerPlan;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.Queue;
import io.orbitmq.compat.client.Received;
import io.orbitmq.compat.client.TestConsumer;
import io.orbitmq.compat.client.TestProducer;
import io.orbitmq.compat.server.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Orderly listeners: one consumer at a time works on a queue, in the order of the queue, failures included. */
class OrderlyTest {

    private static final int QUEUES = 6;
    private static final int PER_QUEUE = 100;

    @RegisterExtension
    static final ServerExtension SERVER = ServerExtension.standard();

    private final Map<Integer, ConcurrentLinkedQueue<Integer>> consumed = new ConcurrentHashMap<>();
    private final Set<Integer> busy = ConcurrentHashMap.newKeySet();
    private final Set<String> violations = ConcurrentHashMap.newKeySet();
    private final Set<String> failedOnce = ConcurrentHashMap.newKeySet();

    @ParameterizedTest
    @EnumSource
    void keepsTheOrderOfEachQueueOverThreeConsumers(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "ordered", QUEUES);
        ConsumerPlan plan =
                scenario.consumerPlan(scenario.name("orderly"), topic).inOrder();
        for (int c = 0; c < 3; c++) {
            String worker = scenario.name("worker" + c);
            scenario.push(plan.named(worker), this::consume);
        }

        for (int i = 0; i < PER_QUEUE; i++) {
            for (int q = 0; q < QUEUES; q++) {
                producer.send(
                        Outgoing.of(topic, String.valueOf(i)),
                        new Queue(topic, SERVER.server().brokerName(), q));
            }
        }

        Scenario.await("all messages").until(() -> IntStream.range(0, QUEUES).allMatch(q -> distinct(q) == PER_QUEUE));
        assertThat(violations).isEmpty();
        assertThat(failedOnce).hasSizeGreaterThanOrEqualTo(QUEUES);
        for (int q = 0; q < QUEUES; q++) {
            assertThat(firstTimes(q))
                    .as("queue " + q)
                    .containsExactlyElementsOf(
                            IntStream.range(0, PER_QUEUE).boxed().toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void queuesChangeHandsAtOnceWhenAConsumerJoinsOrLeaves(ClientVersion version) {
        assumeFalse(TestServers.isOfficial(), "there the new owner asks again only after up to 20 s");
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "handed", QUEUES);
        ConsumerPlan plan =
                scenario.consumerPlan(scenario.name("orderly"), topic).inOrder();
        Inbox first = new Inbox();
        scenario.push(plan.named(scenario.name("first")), first);
        sendUntil(producer, topic, Duration.ofSeconds(60), () -> queues(first.messages()) == QUEUES);

        Inbox second = new Inbox();
        TestConsumer joined = scenario.push(plan.named(scenario.name("second")), second);
        sendUntil(producer, topic, Duration.ofSeconds(10), () -> queues(second.messages()) == QUEUES / 2);

        joined.close();
        int before = first.size();
        sendUntil(producer, topic, Duration.ofSeconds(10), () -> {
            List<Received> all = first.messages();
            return queues(all.subList(before, all.size())) == QUEUES;
        });
    }

    /** Sends a message to every queue again and again, so that whoever holds a queue shows it. */
    private static void sendUntil(TestProducer producer, String topic, Duration limit, BooleanSupplier done) {
        Scenario.await("the queues in other hands")
                .atMost(limit)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> {
                    for (int q = 0; q < QUEUES; q++) {
                        producer.send(
                                Outgoing.of(topic, "0"),
                                new Queue(topic, SERVER.server().brokerName(), q));
                    }
                    return done.getAsBoolean();
                });
    }

    private static long queues(List<Received> messages) {
        return messages.stream().map(message -> message.queue().id()).distinct().count();
    }

    /** Every seventeenth message fails at its first try and must come again before its successors. */
    private boolean consume(List<Received> batch) {
        int queue = batch.get(0).queue().id();
        if (!busy.add(queue)) {
            violations.add("two consumers at once on queue " + queue);
        }
        try {
            for (Received message : batch) {
                int number = Integer.parseInt(message.text());
                if (number % 17 == 3 && failedOnce.add(queue + "/" + number)) {
                    return false;
                }
                consumed.computeIfAbsent(queue, q -> new ConcurrentLinkedQueue<>())
                        .add(number);
            }
            return true;
        } finally {
            busy.remove(queue);
        }
    }

    private int distinct(int queue) {
        return firstTimes(queue).size();
    }

    /** The messages of a queue in the order they were consumed first; a queue that changes hands may repeat its last ones. */
    private List<Integer> firstTimes(int queue) {
        return consumed.getOrDefault(queue, new ConcurrentLinkedQueue<>()).stream()
                .distinct()
                .toList();
    }
}
