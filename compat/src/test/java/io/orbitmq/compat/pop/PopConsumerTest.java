package io.orbitmq.compat.pop;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.ConsumerPlan;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.Received;
import io.orbitmq.compat.client.TestProducer;
import io.orbitmq.compat.harness.ChildProcess;
import io.orbitmq.compat.harness.Workspace;
import io.orbitmq.compat.scenario.Inbox;
import io.orbitmq.compat.scenario.Scenario;
import io.orbitmq.compat.scenario.ServerExtension;
import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.protocol.body.group.RequestMode;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The official 5.3.3 push consumer, told by the broker to pop (protocol/08 sections 7 and 13). */
class PopConsumerTest {

    private static final long LONG_MS = 60_000;
    private static final long SHORTEST_MS = 5_000;
    private static final String RECEIPT = "POP_CK";

    @RegisterExtension
    static final ServerExtension SERVER = ServerExtension.standard();

    private final SystemClock clock = new SystemClock();
    private Scenario scenario;
    private TestProducer producer;
    private PopRequests requests;
    private String group;

    /** One call of a listener. */
    private record Delivery(Received message, long atNanos) {}

    @BeforeEach
    void connect() {
        scenario = SERVER.scenario(ClientVersion.V5_3_3);
        producer = scenario.producer();
        requests = new PopRequests(SERVER.server());
        group = scenario.name("popping");
    }

    @AfterEach
    void disconnect() {
        requests.close();
    }

    @Test
    void everyMessageIsConsumedExactlyOnce() {
        String topic = popTopic("once", 4);
        List<Inbox> inboxes = List.of(new Inbox(), new Inbox());
        inboxes.forEach(
                inbox -> scenario.push(plan(topic, LONG_MS).named(scenario.name("c" + inbox.hashCode())), inbox));

        for (int i = 0; i < 1_000; i++) {
            producer.send(Outgoing.of(topic, "m" + i).tag("TagA").keys("k" + i));
        }

        Scenario.await("all messages").until(() -> received(inboxes) >= 1_000);
        assertThat(Inbox.timesByText(inboxes)).hasSize(1_000).allSatisfy((text, times) -> assertThat(times)
                .isOne());
        Received one = Stream.concat(inboxes.get(0).messages().stream(), inboxes.get(1).messages().stream())
                .findFirst()
                .orElseThrow();
        assertThat(one.properties()).containsKey(RECEIPT);
        assertThat(one.queue().topic()).isEqualTo(topic);
        assertThat(one.origin().reconsumeTimes()).isZero();
        assertThat(one.tag()).isEqualTo("TagA");
    }

    @Test
    void moreConsumersThanQueuesShareTheMessages() {
        String topic = popTopic("crowded", 1);
        List<Inbox> inboxes = List.of(new Inbox(), new Inbox(), new Inbox());
        for (int i = 0; i < 3; i++) {
            scenario.push(plan(topic, LONG_MS).named(scenario.name("crowd" + i)), inboxes.get(i));
        }
        int[] sent = {0};

        Scenario.await("everybody to get some").until(() -> {
            producer.send(Outgoing.of(topic, "m" + sent[0]++));
            return inboxes.stream().allMatch(inbox -> inbox.size() > 0);
        });

        Scenario.await("all messages").until(() -> received(inboxes) >= sent[0]);
        assertThat(Inbox.timesByText(inboxes)).hasSize(sent[0]).allSatisfy((text, times) -> assertThat(times)
                .isOne());
    }

    @Test
    void aMessageThatFailsComesBackFromTheRetryTopicAfterItsDelay() {
        String topic = popTopic("failing", 1);
        Queue<Delivery> deliveries = new ConcurrentLinkedQueue<>();
        scenario.push(plan(topic, LONG_MS), batch -> {
            batch.forEach(message -> deliveries.add(new Delivery(message, clock.nanos())));
            return batch.get(0).origin().reconsumeTimes() > 0;
        });

        producer.send(Outgoing.of(topic, "hard to swallow"));

        Scenario.await("the second delivery").until(() -> deliveries.size() == 2);
        Delivery first = deliveries.remove();
        Delivery second = deliveries.remove();
        assertThat(second.message().text()).isEqualTo("hard to swallow");
        assertThat(second.message().origin().reconsumeTimes()).isEqualTo(1);
        assertThat(second.message().queue().topic()).isEqualTo(topic);
        assertThat(second.message().messageId()).isEqualTo(first.message().messageId());
        assertThat(first.message().properties().get(RECEIPT).split(" ")[4]).isEqualTo("0");
        assertThat(second.message().properties().get(RECEIPT).split(" ")[4]).isEqualTo("1");
        assertThat(TimeUnit.NANOSECONDS.toMillis(second.atNanos() - first.atNanos()))
                .isGreaterThanOrEqualTo(9_900L);
    }

    @Test
    void aMessageThatIsHeldTooLongGoesToSomebodyElse() {
        String topic = popTopic("slow", 1);
        Queue<Delivery> deliveries = new ConcurrentLinkedQueue<>();
        CountDownLatch again = new CountDownLatch(1);
        scenario.push(plan(topic, SHORTEST_MS), batch -> {
            deliveries.add(new Delivery(batch.get(0), clock.nanos()));
            if (batch.get(0).origin().reconsumeTimes() > 0) {
                again.countDown();
                return true;
            }
            return await(again);
        });

        producer.send(Outgoing.of(topic, "long work"));

        Scenario.await("the second delivery").until(() -> deliveries.size() == 2);
        Delivery first = deliveries.remove();
        Delivery second = deliveries.remove();
        assertThat(second.message().origin().reconsumeTimes()).isEqualTo(1);
        assertThat(TimeUnit.NANOSECONDS.toMillis(second.atNanos() - first.atNanos()))
                .isGreaterThanOrEqualTo(SHORTEST_MS - 100);
    }

    @Test
    void whatAKilledConsumerHeldGoesToOthers() {
        String topic = popTopic("orphaned", 2);
        for (int i = 0; i < 6; i++) {
            producer.send(Outgoing.of(topic, "m" + i));
        }
        try (ChildProcess victim = victim(topic)) {
            victim.awaitLine(line -> line.startsWith("holding"));
            victim.kill();
        }
        Inbox heirs = new Inbox();

        scenario.push(plan(topic, LONG_MS), heirs);

        Scenario.await("all messages")
                .untilAsserted(() -> assertThat(heirs.texts()).contains("m0", "m1", "m2", "m3", "m4", "m5"));
        assertThat(heirs.messages()).anyMatch(message -> message.origin().reconsumeTimes() == 1);
        assertThat(heirs.texts()).hasSize(6);
    }

    @Test
    void onlyMatchingTagsAreDelivered() {
        String topic = popTopic("tagged", 2);
        Inbox inbox = new Inbox();
        scenario.push(plan(topic, LONG_MS).expression("TagA || TagC"), inbox);

        for (int i = 0; i < 30; i++) {
            producer.send(Outgoing.of(topic, "m" + i).tag(i % 3 == 0 ? "TagA" : i % 3 == 1 ? "TagB" : "TagC"));
        }

        Scenario.await("the matching ones").until(() -> inbox.size() >= 20);
        assertThat(inbox.messages())
                .extracting(Received::tag)
                .containsOnly("TagA", "TagC")
                .hasSize(20);
    }

    @Test
    void onlyMessagesThatFitTheSqlExpressionAreDelivered() {
        String topic = popTopic("sql", 2);
        Inbox inbox = new Inbox();
        scenario.push(plan(topic, LONG_MS).expression("sql:n BETWEEN 10 AND 19"), inbox);

        for (int i = 0; i < 30; i++) {
            producer.send(Outgoing.of(topic, "m" + i).properties(Map.of("n", String.valueOf(i))));
        }

        Scenario.await("the matching ones").until(() -> inbox.size() >= 10);
        assertThat(inbox.messages())
                .extracting(message -> Integer.parseInt(message.properties().get("n")))
                .hasSize(10)
                .allSatisfy(n -> assertThat(n).isBetween(10, 19));
    }

    /**
     * The client throws away what it popped when it drops its queue for a pull; such a message comes back when its
     * invisible time is over. All that was settled before a switch is not delivered again.
     */
    @Test
    void aGroupCanSwitchFromPopToPullAndBack() {
        String topic = popTopic("switched", 2);
        Inbox inbox = new Inbox();
        scenario.push(plan(topic, SHORTEST_MS), inbox);
        int popped = sendUntil(topic, inbox, 0, true);

        requests.setMode(topic, group, RequestMode.PULL, 0);
        int pulled = sendUntil(topic, inbox, popped, false);
        requests.setMode(topic, group, RequestMode.POP, 0);
        sendUntil(topic, inbox, pulled, true);

        assertThat(inbox.messages().stream()
                        .filter(message -> message.origin().reconsumeTimes() == 0)
                        .map(message -> number(message.text()))
                        .filter(number -> number < pulled))
                .doesNotHaveDuplicates();
    }

    /**
     * Sends one message after the other until one is got by pop, or by pull, and waits until all are received and
     * committed.
     *
     * @param first the number of the first message
     * @return the number of the next one
     */
    private int sendUntil(String topic, Inbox inbox, int first, boolean byPop) {
        int[] next = {first};
        int before = inbox.size();
        Scenario.await(byPop ? "a popped message" : "a pulled message")
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    producer.send(Outgoing.of(topic, "m" + next[0]++));
                    return inbox.messages().stream()
                            .skip(before)
                            .anyMatch(message -> message.properties().containsKey(RECEIPT) == byPop);
                });
        Scenario.await("all messages")
                .untilAsserted(() -> assertThat(Set.copyOf(inbox.texts())).hasSize(next[0]));
        Scenario.await("all offsets")
                .until(() -> requests.committed(topic, group, 0) + requests.committed(topic, group, 1) == next[0]);
        return next[0];
    }

    private static int number(String text) {
        return Integer.parseInt(text.substring(1));
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(LONG_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String popTopic(String what, int queues) {
        String topic = scenario.topic(producer, what, queues);
        assertThat(requests.setMode(topic, group, RequestMode.POP, 0).code()).isZero();
        return topic;
    }

    private ConsumerPlan plan(String topic, long invisibleMs) {
        return scenario.consumerPlan(group, topic).balancedByBroker(invisibleMs);
    }

    private static int received(List<Inbox> inboxes) {
        return inboxes.stream().mapToInt(Inbox::size).sum();
    }

    private ChildProcess victim(String topic) {
        Path home = Workspace.newDirectory("victim");
        String classPath = Stream.concat(
                        Stream.of(Workspace.testClasses()),
                        Workspace.officialJars(ClientVersion.V5_3_3.artifacts()).stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = List.of(
                "java",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Duser.home=" + home,
                "-cp",
                classPath,
                "io.orbitmq.compat.adapter.PopVictim",
                SERVER.server().nameserver(),
                group,
                topic,
                String.valueOf(SHORTEST_MS));
        return ChildProcess.start(command, Map.of(), home.resolve("output.txt"));
    }
}
