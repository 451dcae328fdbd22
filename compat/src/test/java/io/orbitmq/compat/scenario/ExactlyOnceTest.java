package io.orbitmq.compat.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.ConsumerPlan;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.Queue;
import io.orbitmq.compat.client.Received;
import io.orbitmq.compat.client.TestProducer;
import io.orbitmq.compat.harness.Workspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A settled group of four consumers on eight queues receives every message once. {@code -Dcompat.messages} sets how many. */
class ExactlyOnceTest {

    private static final int QUEUES = 8;
    private static final int CONSUMERS = 4;
    private static final int SENDERS = 4;

    @RegisterExtension
    static final ServerExtension SERVER = ServerExtension.standard();

    private final int messages = Integer.parseInt(Workspace.property("compat.messages"));

    @ParameterizedTest
    @EnumSource
    void aSettledGroupReceivesEveryMessageExactlyOnce(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "steady", QUEUES);
        ConsumerPlan plan = scenario.consumerPlan(scenario.name("group"), topic);
        List<Inbox> inboxes = new ArrayList<>();
        for (int i = 0; i < CONSUMERS; i++) {
            Inbox inbox = new Inbox();
            inboxes.add(inbox);
            scenario.push(plan.named(scenario.name("consumer" + i)), inbox);
        }
        settle(producer, topic, inboxes);
        int warmUp = inboxes.stream().mapToInt(Inbox::size).sum();

        sendAll(producer, topic);

        Scenario.await(messages + " messages")
                .atMost(Duration.ofMinutes(5))
                .until(() -> received(inboxes) - warmUp >= messages);
        Map<String, Long> times = Inbox.timesByText(inboxes);
        times.keySet().removeIf(text -> !text.startsWith("m"));
        assertThat(times).hasSize(messages);
        assertThat(times.values()).allMatch(count -> count == 1);
    }

    private static int received(List<Inbox> inboxes) {
        return inboxes.stream().mapToInt(Inbox::size).sum();
    }

    /** Sends a probe to every queue, again and again, until the consumers share the queues evenly. */
    private static void settle(TestProducer producer, String topic, List<Inbox> inboxes) {
        List<Queue> queues = producer.queues(topic);
        int[] round = {0};
        Scenario.await("two queues for each consumer")
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    String probe = "probe" + round[0]++;
                    queues.forEach(queue -> producer.send(Outgoing.of(topic, probe), queue));
                    Scenario.await(probe).until(() -> count(inboxes, probe) >= QUEUES);
                    return count(inboxes, probe) == QUEUES
                            && inboxes.stream()
                                    .allMatch(inbox -> queuesOf(inbox, probe).size() == QUEUES / CONSUMERS);
                });
    }

    private static long count(List<Inbox> inboxes, String text) {
        return inboxes.stream()
                .flatMap(inbox -> inbox.texts().stream())
                .filter(text::equals)
                .count();
    }

    private static Set<Queue> queuesOf(Inbox inbox, String text) {
        return inbox.messages().stream()
                .filter(message -> message.text().equals(text))
                .map(Received::queue)
                .collect(Collectors.toSet());
    }

    private void sendAll(TestProducer producer, String topic) {
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try {
            List<CompletableFuture<Void>> parts = new ArrayList<>();
            for (int part = 0; part < SENDERS; part++) {
                int first = part;
                parts.add(CompletableFuture.runAsync(
                        () -> {
                            for (int i = first; i < messages; i += SENDERS) {
                                assertThat(producer.send(Outgoing.of(topic, "m" + i))
                                                .status())
                                        .isEqualTo("SEND_OK");
                            }
                        },
                        senders));
            }
            parts.forEach(CompletableFuture::join);
        } finally {
            senders.shutdown();
        }
    }
}
