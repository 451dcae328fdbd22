package io.orbitmq.compat.scenario;

import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.ConsumerPlan;
import io.orbitmq.compat.client.MessageListener;
import io.orbitmq.compat.client.ProducerPlan;
import io.orbitmq.compat.client.TestConsumer;
import io.orbitmq.compat.client.TestLitePull;
import io.orbitmq.compat.client.TestProducer;
import io.orbitmq.compat.client.TestPull;
import io.orbitmq.compat.server.TestServer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * One test's view of a server through one client version: makes clients, remembers them and closes them in reverse order, and
 * makes names no other test uses. The closing goes on in the background: the 5.3.3 client takes up to three seconds for it.
 */
public final class Scenario implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String RUN = UUID.randomUUID().toString().substring(0, 6);
    private static final Executor CLOSERS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "closer");
        thread.setDaemon(true);
        return thread;
    });
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final ClientVersion version;
    private final TestServer server;
    private final Deque<Runnable> closings = new ArrayDeque<>();
    private final int number = NAMES.incrementAndGet();

    public Scenario(ClientVersion version, TestServer server) {
        this.version = version;
        this.server = server;
    }

    /** A name for a topic or group of this test alone. */
    public String name(String what) {
        return what + "_" + version + "_" + RUN + "_" + number;
    }

    public ProducerPlan producerPlan() {
        return ProducerPlan.of(server.nameserver(), name("producers"));
    }

    public TestProducer producer() {
        return producer(producerPlan());
    }

    public TestProducer producer(ProducerPlan plan) {
        var client = version.client().producer(plan);
        closings.push(client::close);
        return client;
    }

    public ConsumerPlan consumerPlan(String group, String topic) {
        return ConsumerPlan.of(server.nameserver(), group, topic);
    }

    public TestConsumer push(ConsumerPlan plan, MessageListener listener) {
        var client = version.client().push(plan, listener);
        closings.push(client::close);
        return client;
    }

    public TestLitePull litePull(ConsumerPlan plan) {
        var client = version.client().litePull(plan);
        closings.push(client::close);
        return client;
    }

    public TestLitePull litePullWithoutSubscription(ConsumerPlan plan) {
        var client = version.client().litePullWithoutSubscription(plan);
        closings.push(client::close);
        return client;
    }

    public TestPull pull(ConsumerPlan plan) {
        var client = version.client().pull(plan);
        closings.push(client::close);
        return client;
    }

    /** A topic with this many queues, known to the name server. */
    public String topic(TestProducer producer, String what, int queues) {
        return topic(producer, what, queues, queues);
    }

    /** A topic with {@code queues} on every broker, {@code total} in all, known to the name server. */
    public String topic(TestProducer producer, String what, int queues, int total) {
        String topic = name(what);
        producer.createTopic(topic, queues);
        await("the route of " + topic).until(() -> routed(producer, topic) == total);
        return topic;
    }

    private static int routed(TestProducer producer, String topic) {
        return producer.queues(topic).size();
    }

    /** Waits with the generous limit all scenarios share. */
    public static ConditionFactory await(String what) {
        return Awaitility.await(what)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .pollDelay(Duration.ZERO);
    }

    @Override
    public void close() {
        CLOSERS.execute(() -> {
            while (!closings.isEmpty()) {
                closings.pop().run();
            }
        });
    }
}
