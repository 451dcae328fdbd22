package io.orbitmq.server.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.foundation.time.Clock;
import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.pull.PullAnswerHeader;
import io.orbitmq.protocol.header.pull.PullFlags;
import io.orbitmq.protocol.header.pull.PullRequestHeader;
import io.orbitmq.protocol.header.send.SendMessageHeader;
import io.orbitmq.protocol.header.topic.CreateTopicHeader;
import io.orbitmq.protocol.message.MessageProperties;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.server.cluster.ClusterCalls;
import io.orbitmq.server.cluster.ClusterFailedException;
import io.orbitmq.server.drain.DrainPlan.Order;
import io.orbitmq.server.node.Scratch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Drains on a server in this process. */
final class TopicDrainTest {

    private static final Clock CLOCK = new SystemClock();
    private static Scratch scratch;
    private static ClusterCalls cluster;

    @BeforeAll
    static void start() throws IOException {
        scratch = Scratch.start();
        cluster = new ClusterCalls(scratch.standalone().nameserverAddress(), CLOCK);
    }

    @AfterAll
    static void stop() throws IOException {
        cluster.close();
        scratch.close();
    }

    /** A message as it was found. */
    private record Found(int queue, String body, MessageProperties properties) {}

    @Test
    void everyMessageMovesToMoreQueuesOnceAndKeysStayInOrder() {
        createTopic("Narrow", 2);
        createTopic("Wide", 8);
        for (int i = 0; i < 1_000; i++) {
            int key = i % 20;
            send(
                    "Narrow",
                    key % 2,
                    "" + i,
                    Map.of("KEYS", "order" + key, "UNIQ_KEY", "U" + i, "TAGS", "t", "own", "x"));
        }

        DrainReport report = drain("Narrow", "Wide", Order.KEY);

        assertThat(report.forwarded()).isEqualTo(1_000);
        assertThat(report.queues()).extracting(DrainReport.Line::toOffset).containsExactly(500L, 500L);
        assertThat(report.lines().get(report.lines().size() - 1)).startsWith("Forwarded 1000 messages from 2 queues");
        List<Found> found = all("Wide", 8);
        assertThat(found).hasSize(1_000);
        assertThat(found.stream().map(Found::queue).distinct().count()).isGreaterThan(2);
        Map<String, List<Integer>> byKey = new TreeMap<>();
        Map<String, Integer> queueOf = new HashMap<>();
        for (Found message : found) {
            String key = message.properties().get("KEYS");
            byKey.computeIfAbsent(key, any -> new ArrayList<>()).add(Integer.parseInt(message.body()));
            assertThat(queueOf.merge(key, message.queue(), (a, b) -> a)).isEqualTo(message.queue());
            assertThat(message.properties().get("UNIQ_KEY")).isEqualTo("U" + message.body());
            assertThat(message.properties().get("TAGS")).isEqualTo("t");
            assertThat(message.properties().get("own")).isEqualTo("x");
        }
        assertThat(byKey).hasSize(20);
        byKey.values().forEach(numbers -> assertThat(numbers).hasSize(50).isSorted());
    }

    @Test
    void aSecondRunForwardsOnlyWhatIsNew() {
        createTopic("Again", 1);
        createTopic("AgainTarget", 3);
        send("Again", 0, "one", Map.of());
        assertThat(drain("Again", "AgainTarget", Order.KEY).forwarded()).isEqualTo(1);
        send("Again", 0, "two", Map.of());

        DrainReport second = drain("Again", "AgainTarget", Order.KEY);

        assertThat(second.queues()).containsExactly(new DrainReport.Line("broker-a", 0, 1, 2, 1, 0));
        assertThat(drain("Again", "AgainTarget", Order.KEY).forwarded()).isZero();
        assertThat(all("AgainTarget", 3)).extracting(Found::body).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void aMessageWithoutUniqueKeyGetsOneThatEveryRepetitionHas() {
        createTopic("Bare", 1);
        createTopic("BareTarget", 1);
        send("Bare", 0, "bare", Map.of());
        drain(new DrainPlan("Bare", "BareTarget", "one", Order.KEY, 0, false));
        drain(new DrainPlan("Bare", "BareTarget", "other", Order.KEY, 0, false));

        assertThat(all("BareTarget", 1)).hasSize(2);
        assertThat(all("BareTarget", 1).stream()
                        .map(found -> found.properties().get("UNIQ_KEY"))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void orderByQueueKeepsAWholeSourceQueueInOneTargetQueue() {
        createTopic("Strict", 2);
        createTopic("StrictTarget", 5);
        for (int i = 0; i < 200; i++) {
            send("Strict", i % 2, "" + i, Map.of("KEYS", "k" + i));
        }

        drain("Strict", "StrictTarget", Order.QUEUE);

        Map<Integer, List<Integer>> byQueue = new TreeMap<>();
        all("StrictTarget", 5).forEach(found -> byQueue.computeIfAbsent(found.queue(), any -> new ArrayList<>())
                .add(Integer.parseInt(found.body())));
        assertThat(byQueue).hasSize(2);
        byQueue.values().forEach(numbers -> assertThat(numbers).hasSize(100).isSorted());
    }

    @Test
    void theRateIsALimit() {
        createTopic("Slow", 1);
        createTopic("SlowTarget", 1);
        for (int i = 0; i < 60; i++) {
            send("Slow", 0, "" + i, Map.of());
        }

        DrainReport report = drain(new DrainPlan("Slow", "SlowTarget", "slow", Order.KEY, 200, false));

        assertThat(report.forwarded()).isEqualTo(60);
        assertThat(report.tookNanos()).isGreaterThan(250_000_000L);
    }

    @Test
    void aTopicThatIsNotThereIsNamed() {
        createTopic("Here", 1);

        assertThatThrownBy(() -> drain("Here", "Nowhere", Order.KEY))
                .isInstanceOf(ClusterFailedException.class)
                .hasMessageContaining("no topic 'Nowhere'")
                .hasMessageContaining("mqadmin updateTopic");
        assertThatThrownBy(() -> new DrainPlan("Here", "Here", "g", Order.KEY, 0, false))
                .hasMessageContaining("must be different topics");
    }

    private static DrainReport drain(String from, String to, Order order) {
        return drain(new DrainPlan(from, to, DrainPlan.defaultGroup(from, to), order, 0, false));
    }

    private static DrainReport drain(DrainPlan plan) {
        return new TopicDrain(plan, cluster, CLOCK, (forwarded, behind) -> {}).run();
    }

    private static void createTopic(String topic, int queues) {
        CreateTopicHeader header =
                new CreateTopicHeader(topic, "TBW102", queues, queues, 6, "SINGLE_TAG", 0, false, "", false);
        ask(Command.request(RequestCode.UPDATE_AND_CREATE_TOPIC, header.toFields()));
    }

    private static void send(String topic, int queueId, String body, Map<String, String> properties) {
        MessageProperties encoded = new MessageProperties();
        properties.forEach(encoded::put);
        SendMessageHeader header = new SendMessageHeader(
                "p", topic, "TBW102", 1, queueId, 0, CLOCK.epochMs(), 0, encoded.encode(), 0, false, -1, false);
        ByteBuffer bytes = ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8));
        ask(Command.request(RequestCode.SEND_MESSAGE_V2, header.toShortFields(), bytes));
    }

    private static List<Found> all(String topic, int queues) {
        List<Found> found = new ArrayList<>();
        for (int queueId = 0; queueId < queues; queueId++) {
            for (long offset = 0; ; ) {
                PullRequestHeader header = new PullRequestHeader(
                        "reader", topic, queueId, offset, 32, PullFlags.SUBSCRIPTION, 0, 0, "*", 0, "TAG", 1 << 20);
                Command answer = cluster.ask(
                        scratch.standalone().brokerAddress(),
                        Command.request(RequestCode.PULL_MESSAGE, header.toFields()));
                if (answer.code() != 0) {
                    break;
                }
                ByteBuffer records = answer.body();
                for (int at = records.position(); at < records.limit(); at += MessageRecord.totalSize(records, at)) {
                    String body = StandardCharsets.UTF_8
                            .decode(records.slice(
                                    MessageRecord.bodyPosition(records, at), MessageRecord.bodyLength(records, at)))
                            .toString();
                    found.add(new Found(queueId, body, MessageProperties.ofRecord(records, at)));
                }
                offset = PullAnswerHeader.from(answer.fields()).nextBeginOffset();
            }
        }
        return found;
    }

    private static void ask(Command request) {
        ClusterCalls.expectSuccess(
                "A request of the test", cluster.ask(scratch.standalone().brokerAddress(), request));
    }
}
