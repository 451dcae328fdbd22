package io.orbitmq.compat.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.compat.client.ClientFailure;
import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.Queue;
import io.orbitmq.compat.client.Received;
import io.orbitmq.compat.client.TestProducer;
import io.orbitmq.compat.scenario.Scenario;
import io.orbitmq.compat.scenario.ServerExtension;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A topic gets more and fewer queues while an orderly producer and an orderly consumer work with it. */
class QueueCountTest {

    private static final int KEYS = 12;

    @RegisterExtension
    static final ServerExtension SERVER = ServerExtension.standard();

    private final ConcurrentLinkedQueue<Received> consumed = new ConcurrentLinkedQueue<>();
    private final Map<String, Queue> sentTo = new HashMap<>();
    private TestProducer producer;
    private String topic;
    private int next;

    @ParameterizedTest
    @EnumSource
    void growingAndShrinkingLosesNothingAndKeepsEachQueuesOrder(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        producer = scenario.producer();
        topic = scenario.topic(producer, "growing", 2);
        scenario.push(scenario.consumerPlan(scenario.name("orderly"), topic).inOrder(), consumed::addAll);
        sendWhile(CompletableFuture.completedFuture(""), 200);

        sendWhile(changeQueues(6, 6), 200);
        sendUntilQueuesAre(6);
        sendWhile(CompletableFuture.completedFuture(""), 300);
        assertThat(sentTo.values().stream().map(Queue::id).distinct().count()).isGreaterThan(2);

        // Fewer queues to write first; to read only when the others are empty.
        sendWhile(changeQueues(6, 2), 200);
        sendUntilQueuesAre(2);
        Scenario.await("all so far").until(() -> distinct() == next);
        sendWhile(changeQueues(2, 2), 300);

        Scenario.await("all messages").until(() -> distinct() == next);
        Map<Integer, List<Integer>> byQueue = consumed.stream()
                .collect(Collectors.groupingBy(
                        message -> message.queue().id(),
                        TreeMap::new,
                        Collectors.mapping(message -> Integer.parseInt(message.text()), Collectors.toList())));
        assertThat(byQueue.size()).isGreaterThan(2);
        byQueue.forEach(
                (queue, numbers) -> assertThat(numbers.stream().distinct().toList())
                        .as("queue " + queue)
                        .isSorted());
        consumed.forEach(message -> assertThat(message.queue()).isEqualTo(sentTo.get(message.text())));
    }

    private CompletableFuture<String> changeQueues(int read, int write) {
        Mqadmin mqadmin = new Mqadmin(SERVER.server().nameserver());
        String broker = SERVER.server().broker();
        return CompletableFuture.supplyAsync(
                () -> mqadmin.run("updateTopic", "-b", broker, "-t", topic, "-r", "" + read, "-w", "" + write));
    }

    /** Sends at least this many, and until the work is done. */
    private void sendWhile(CompletableFuture<String> work, int atLeast) {
        for (int i = 0; i < atLeast || !work.isDone(); i++) {
            sendNext();
        }
        assertThat(work.join()).doesNotContain("Exception");
    }

    private void sendUntilQueuesAre(int count) {
        Scenario.await(count + " queues").until(() -> {
            sendNext();
            return producer.queues(topic).size() == count;
        });
    }

    /** As a message queue selector does: the key decides, over the queues known at the moment. */
    private void sendNext() {
        String text = String.valueOf(next);
        Scenario.await("a queue that takes message " + text).until(() -> {
            List<Queue> queues = producer.queues(topic);
            Queue queue = queues.get(next % KEYS % queues.size());
            try {
                producer.send(Outgoing.of(topic, text).keys("key" + next % KEYS), queue);
                sentTo.put(text, queue);
                return true;
            } catch (ClientFailure e) {
                assertThat(e).hasMessageContaining("queueId");
                return false;
            }
        });
        next++;
    }

    private long distinct() {
        return consumed.stream().map(Received::text).distinct().count();
    }
}
