package io.orbitmq.compat.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.compat.admin.Mqadmin;
import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.ConsumerPlan;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.ProducerPlan;
import io.orbitmq.compat.client.Pulled;
import io.orbitmq.compat.client.Queue;
import io.orbitmq.compat.client.Received;
import io.orbitmq.compat.client.Sent;
import io.orbitmq.compat.client.TestConsumer;
import io.orbitmq.compat.client.TestProducer;
import io.orbitmq.compat.client.TestPull;
import io.orbitmq.compat.client.TestTransactions;
import io.orbitmq.compat.scenario.Inbox;
import io.orbitmq.compat.scenario.Scenario;
import io.orbitmq.compat.server.TestServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What clients did with the broker that wrote the store, and what they saw of it. */
final class History {

    static final String ORDERS = "Orders";
    static final String PARCELS = "Parcels";
    /** A topic in which a batch is one record. */
    static final String PACKED = "Packed";

    static final String DELETED = "Deleted";
    static final String CREATED_AGAIN = "CreatedAgain";
    static final String LATER = "Later";
    static final String DECIDED = "Decided";
    static final String SHAPED = "Shaped";
    static final String READERS = "Readers";
    static final String LIMITED = "Limited";
    static final String DECIDERS = "Deciders";

    private static final int BODY_BYTES = 3_000;

    /** Everything that could be pulled, by queue. */
    final Map<Queue, List<Received>> messages = new LinkedHashMap<>();

    /** What was pulled of {@link #PACKED}. */
    final List<Received> packed = new ArrayList<>();

    final Map<Queue, Long> minOffsets = new LinkedHashMap<>();
    final Map<Queue, Long> maxOffsets = new LinkedHashMap<>();
    final Map<Queue, Long> committed = new LinkedHashMap<>();
    final List<String> consumed = new ArrayList<>();
    final List<String> unconsumed = new ArrayList<>();
    final List<Sent> open = new ArrayList<>();
    final Decisions decisions = new Decisions();

    private final TestServer server;
    private final Scenario scenario;
    private final TestProducer producer;
    private final Mqadmin mqadmin;
    private final Random random = new Random(7);

    private History(TestServer server, Scenario scenario) {
        this.server = server;
        this.scenario = scenario;
        this.producer = scenario.producer();
        this.mqadmin = new Mqadmin(server.nameserver());
    }

    /** Makes it; its clients are gone when this returns. */
    static History make(TestServer server) {
        try (Scenario scenario = new Scenario(ClientVersion.V5_3_3, server)) {
            History history = new History(server, scenario);
            history.settings();
            history.transactions();
            history.orders();
            history.parcels();
            history.packed();
            history.deletedTopics();
            history.delivered();
            history.remember();
            history.delayed();
            return history;
        }
    }

    private void settings() {
        createTopic(ORDERS, 4);
        createTopic(PARCELS, 2);
        createTopic(LATER, 1);
        createTopic(DECIDED, 1);
        mqadmin.run("updateTopic", "-b", server.broker(), "-t", SHAPED, "-r", "5", "-w", "3", "-p", "4");
        mqadmin.run("updateSubGroup", "-b", server.broker(), "-g", LIMITED, "-r", "3", "-q", "2", "-s", "false");
    }

    /** One committed, one rolled back, two open, which the producer was asked about and did not know. */
    private void transactions() {
        try (TestTransactions.Started deciders = TestTransactions.of(ClientVersion.V5_3_3)
                .start(ProducerPlan.of(server.nameserver(), DECIDERS), decisions)) {
            deciders.send(Outgoing.of(DECIDED, "commit at once"));
            deciders.send(Outgoing.of(DECIDED, "roll back at once"));
            open.add(deciders.send(Outgoing.of(DECIDED, "later commit")));
            open.add(deciders.send(Outgoing.of(DECIDED, "later roll back")));
            Scenario.await("questions about both").until(() -> decisions.asked().containsAll(ids(open)));
        }
    }

    private void orders() {
        Inbox inbox = new Inbox();
        TestConsumer consumer = scenario.push(
                ConsumerPlan.of(server.nameserver(), READERS, ORDERS).named("reader-before"), inbox);
        for (int i = 0; i < 200; i++) {
            consumed.add("old order " + i);
            producer.send(Outgoing.of(ORDERS, "old order " + i).tag("T" + i % 3).keys("order" + i + " all"));
        }
        Scenario.await("the old orders").until(() -> inbox.size() >= consumed.size());
        consumer.close();
        for (int i = 0; i < 100; i++) {
            unconsumed.add("new order " + i);
            producer.send(Outgoing.of(ORDERS, "new order " + i).properties(Map.of("color", "c" + i % 2)));
        }
    }

    /** Fills several files of the log; bodies the client compresses, bodies it cannot, batches. */
    private void parcels() {
        for (int i = 0; i < 400; i++) {
            byte[] body = new byte[BODY_BYTES + random.nextInt(4 * BODY_BYTES)];
            if (i % 4 != 0) {
                random.nextBytes(body);
            }
            producer.send(Outgoing.of(PARCELS, body).tag("P").keys("parcel" + i));
        }
        producer.sendBatch(IntStream.range(0, 10)
                .mapToObj(i -> Outgoing.of(PARCELS, "batched " + i).keys("batch" + i))
                .toList());
    }

    /** More batches than a pull asks for messages, and a message alone. */
    private void packed() {
        mqadmin.run(
                "updateTopic", "-b", server.broker(), "-t", PACKED, "-r", "1", "-w", "1", "-a", "+queue.type=BatchCQ");
        Scenario.await("the route of " + PACKED)
                .ignoreExceptions()
                .until(() -> producer.queues(PACKED).size() == 1);
        for (int i = 0; i < 40; i++) {
            String batch = "batch " + i + " message ";
            producer.sendBatch(IntStream.range(0, 3)
                    .mapToObj(number -> Outgoing.of(PACKED, batch + number))
                    .toList());
        }
        producer.send(Outgoing.of(PACKED, "alone"));
    }

    private void deletedTopics() {
        for (String topic : List.of(DELETED, CREATED_AGAIN)) {
            createTopic(topic, 1);
            for (int i = 0; i < 5; i++) {
                producer.send(Outgoing.of(topic, "before the deletion " + i));
            }
            Scenario.await("the messages of " + topic)
                    .until(() -> producer.maxOffset(new Queue(topic, server.brokerName(), 0)) == 5);
            assertThat(mqadmin.run("deleteTopic", "-c", server.clusterName(), "-t", topic))
                    .contains("success");
        }
        createTopic(CREATED_AGAIN, 1);
        producer.send(
                Outgoing.of(CREATED_AGAIN, "after the deletion"), new Queue(CREATED_AGAIN, server.brokerName(), 0));
    }

    private void delivered() {
        producer.send(Outgoing.of(LATER, "level before").delayLevel(1));
        producer.send(Outgoing.of(LATER, "timed before").delayMs(1_500));
        Queue queue = new Queue(LATER, server.brokerName(), 0);
        Scenario.await("what is due soon").until(() -> producer.maxOffset(queue) == 2);
    }

    /** Of each kind one that waits; one that is taken back. */
    private void delayed() {
        producer.send(Outgoing.of(LATER, "level after").delayLevel(3));
        producer.send(Outgoing.of(LATER, "timed after").delayMs(14_000));
        Sent unwanted = producer.send(Outgoing.of(LATER, "unwanted").delayMs(14_000));
        producer.recall(LATER, unwanted.recallHandle());
    }

    private void remember() {
        for (String topic : List.of(ORDERS, PARCELS, CREATED_AGAIN, DECIDED, LATER)) {
            TestPull reader = scenario.pull(ConsumerPlan.of(server.nameserver(), "Remembering", topic));
            for (Queue queue : reader.queues(topic)) {
                messages.put(queue, read(reader, queue));
                minOffsets.put(queue, producer.minOffset(queue));
                maxOffsets.put(queue, producer.maxOffset(queue));
            }
        }
        packed.addAll(read(
                scenario.pull(ConsumerPlan.of(server.nameserver(), "Remembering", PACKED)),
                producer.queues(PACKED).get(0)));
        assertThat(packed).hasSize(121).allMatch(message -> message.queueOffset() == packed.indexOf(message));
        TestPull readers = scenario.pull(
                ConsumerPlan.of(server.nameserver(), READERS, ORDERS).named("observer"));
        readers.queues(ORDERS).forEach(queue -> committed.put(queue, readers.offsetFromBroker(queue)));
        assertThat(committed.values().stream().mapToLong(offset -> offset).sum())
                .isEqualTo(consumed.size());
    }

    /** All messages of a queue, from its first to its last. */
    static List<Received> read(TestPull reader, Queue queue) {
        List<Received> all = new ArrayList<>();
        Pulled pulled = reader.pull(queue, "*", 0, 32);
        while (pulled.status().equals("FOUND")) {
            pulled.messages().forEach(message -> all.add(withoutQueueEnds(message)));
            pulled = reader.pull(queue, "*", pulled.nextOffset(), 32);
        }
        return all;
    }

    /** The library adds the queue's bounds of the moment to the properties. */
    private static Received withoutQueueEnds(Received message) {
        Map<String, String> properties = new TreeMap<>(message.properties());
        properties.keySet().removeAll(List.of("MIN_OFFSET", "MAX_OFFSET"));
        return new Received(
                message.queue(),
                message.queueOffset(),
                message.messageId(),
                message.tag(),
                message.keys(),
                message.body(),
                properties,
                message.origin());
    }

    static List<String> ids(List<Sent> sent) {
        return sent.stream().map(Sent::messageId).toList();
    }

    private void createTopic(String topic, int queues) {
        producer.createTopic(topic, queues);
        Scenario.await("the route of " + topic)
                .ignoreExceptions()
                .until(() -> producer.queues(topic).size() == queues);
    }
}
