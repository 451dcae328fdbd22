package io.orbitmq.compat.durability;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.TestProducer;
import io.orbitmq.compat.client.TestPull;
import io.orbitmq.compat.harness.Workspace;
import io.orbitmq.compat.scenario.Scenario;
import io.orbitmq.compat.server.ServerPlan;
import io.orbitmq.compat.server.TestServer;
import io.orbitmq.compat.server.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Kills the server with {@code kill -9} under load, again and again. {@code -Dcompat.kill.rounds} and {@code -Dcompat.seed} set
 * the number of rounds and the seed; the seed of a run is printed. Eight threads, of both client versions, send.
 */
class KillNineTest {

    private static final int QUEUES = 4;
    private static final int THREADS_PER_VERSION = 4;
    private static final int SHORTEST_LOAD_MS = 300;
    private static final int LONGEST_LOAD_MS = 2_500;

    private final int rounds = Integer.parseInt(Workspace.property("compat.kill.rounds"));
    private final long seed =
            Long.parseLong(Workspace.property("compat.seed", String.valueOf(new Random().nextLong(1_000_000_000))));
    private final Random random = new Random(seed);
    private final AtomicLong numbers = new AtomicLong();
    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private final Set<Long> consumed = ConcurrentHashMap.newKeySet();
    private final StoredQueues stored = new StoredQueues();

    @Test
    void everyAcknowledgedMessageIsThereAfterEveryKill() throws InterruptedException {
        System.out.println("kill -9: rounds=" + rounds + " seed=" + seed);
        ServerPlan plan = ServerPlan.standard().with("flushDiskType", "SYNC_FLUSH");
        try (TestServer server = TestServers.startProcess(plan);
                Scenario old = new Scenario(ClientVersion.V4_9_8, server);
                Scenario current = new Scenario(ClientVersion.V5_3_3, server)) {
            List<TestProducer> producers = List.of(
                    old.producer(old.producerPlan().sendTimeoutMs(2_000)),
                    current.producer(current.producerPlan().sendTimeoutMs(2_000)));
            String topic = current.topic(producers.get(1), "durable", QUEUES);
            TestPull reader = current.pull(current.consumerPlan(current.name("judge"), topic));
            current.push(current.consumerPlan(current.name("group"), topic), batch -> {
                batch.forEach(message -> consumed.add(SealedBody.number(message.body())));
                return true;
            });

            for (int round = 1; round <= rounds; round++) {
                loadAndKill(server, producers, topic);
                server.startAgain();
                judge(round, producers, reader, topic);
            }

            Set<Long> sent = acknowledged.stream().map(Acknowledged::number).collect(Collectors.toSet());
            Scenario.await("the consumer to have every acknowledged message")
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> consumed.containsAll(sent));
        }
    }

    private void loadAndKill(TestServer server, List<TestProducer> producers, String topic)
            throws InterruptedException {
        int before = acknowledged.size();
        List<SendingThreads> senders = producers.stream()
                .map(producer -> SendingThreads.start(THREADS_PER_VERSION, producer, topic, numbers, acknowledged))
                .toList();
        Scenario.await("the first acknowledgements").until(() -> acknowledged.size() > before);
        CountDownLatch never = new CountDownLatch(1);
        boolean early = never.await(
                SHORTEST_LOAD_MS + random.nextInt(LONGEST_LOAD_MS - SHORTEST_LOAD_MS), TimeUnit.MILLISECONDS);
        assertThat(early).isFalse();
        server.kill();
        senders.forEach(SendingThreads::stop);
    }

    private void judge(int round, List<TestProducer> producers, TestPull reader, String topic) {
        for (TestProducer producer : producers) {
            Scenario.await("sending again").ignoreExceptions().until(() -> {
                long number = numbers.incrementAndGet();
                return producer.send(Outgoing.of(topic, SealedBody.make(number, random)))
                        .status()
                        .equals("SEND_OK");
            });
        }
        Scenario.await("reading again")
                .ignoreExceptionsInstanceOf(io.orbitmq.compat.client.ClientFailure.class)
                .untilAsserted(() -> stored.readOn(reader, topic));
        assertThat(acknowledged.stream().map(stored::faultOf).filter(fault -> !fault.isEmpty()))
                .as("faults after round " + round + ", seed " + seed)
                .isEmpty();
        System.out.println("kill -9: round=" + round + " acknowledged=" + acknowledged.size() + " stored="
                + stored.stored() + " consumed=" + consumed.size());
    }
}
