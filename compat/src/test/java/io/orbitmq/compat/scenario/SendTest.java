package io.orbitmq.compat.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orbitmq.compat.client.ClientFailure;
import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.ProducerPlan;
import io.orbitmq.compat.client.Queue;
import io.orbitmq.compat.client.Received;
import io.orbitmq.compat.client.Sent;
import io.orbitmq.compat.client.TestProducer;
import io.orbitmq.compat.client.TestPull;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sending, in all the ways the library has. */
class SendTest {

    private static final int LIMIT = 4 * 1024 * 1024;

    @RegisterExtension
    static final ServerExtension SERVER = ServerExtension.standard();

    @ParameterizedTest
    @EnumSource
    void answersEveryFieldOfASynchronousSend(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "sync", 2);
        Queue queue = new Queue(topic, SERVER.server().brokerName(), 1);

        for (int i = 0; i < 5; i++) {
            Sent sent = producer.send(Outgoing.of(topic, "m" + i).tag("TagA").keys("k" + i), queue);

            assertStored(sent);
            assertThat(sent.queue()).isEqualTo(queue);
            assertThat(sent.queueOffset()).isEqualTo(i);
            assertThat(sent.transactionId()).isEqualTo(sent.messageId());
        }
    }

    private static void assertStored(Sent sent) {
        assertThat(sent.status()).isEqualTo("SEND_OK");
        assertThat(sent.messageId()).matches("[0-9A-F]{32}|[0-9A-F]{56}");
        assertThat(sent.offsetMessageId()).matches("[0-9A-F]{32}");
        assertThat(sent.region()).isEqualTo("DefaultRegion");
        assertThat(sent.traceOn()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void spreadsSendsOverAllQueues(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "spread", 4);

        List<Queue> used = IntStream.range(0, 8)
                .mapToObj(i -> producer.send(Outgoing.of(topic, "m" + i)).queue())
                .toList();

        assertThat(used).containsAll(producer.queues(topic)).hasSize(8);
    }

    @ParameterizedTest
    @EnumSource
    void completesManyAsynchronousSends(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "async", 4);

        List<CompletableFuture<Sent>> sends = IntStream.range(0, 500)
                .mapToObj(i -> producer.sendAsync(Outgoing.of(topic, "m" + i)))
                .toList();
        List<Sent> sent = sends.stream().map(CompletableFuture::join).toList();

        assertThat(sent).allSatisfy(SendTest::assertStored);
        assertThat(sent).extracting(Sent::messageId).doesNotHaveDuplicates();
        assertThat(sent).extracting(Sent::offsetMessageId).doesNotHaveDuplicates();
        assertThat(sent)
                .extracting(s -> s.queue().id() + "/" + s.queueOffset())
                .as("places in the queues")
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void storesOneWaySends(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "oneway", 1);
        Queue queue = new Queue(topic, SERVER.server().brokerName(), 0);
        producer.send(Outgoing.of(topic, "first"), queue);

        for (int i = 0; i < 20; i++) {
            producer.sendOneway(Outgoing.of(topic, "m" + i), queue);
        }

        Scenario.await("all one-way messages").until(() -> producer.maxOffset(queue) == 21);
    }

    @ParameterizedTest
    @EnumSource
    void storesABatchInOnePieceAndHandsItOutAsSingleMessages(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "batch", 1);
        Queue queue = new Queue(topic, SERVER.server().brokerName(), 0);
        producer.send(Outgoing.of(topic, "before"), queue);

        List<Outgoing> batch = IntStream.range(0, 10)
                .mapToObj(i -> Outgoing.of(topic, "b" + i)
                        .tag("Tag" + i % 2)
                        .keys("key" + i)
                        .properties(Map.of("number", String.valueOf(i))))
                .toList();
        Sent sent = producer.sendBatch(batch);

        assertThat(sent.status()).isEqualTo("SEND_OK");
        assertThat(sent.queueOffset()).isEqualTo(1);
        assertThat(sent.messageId().split(",")).hasSize(10).doesNotHaveDuplicates();
        assertThat(sent.offsetMessageId().split(",")).hasSize(10).doesNotHaveDuplicates();
        List<Received> stored = readAll(scenario, queue);
        assertThat(stored).extracting(Received::text).startsWith("before").hasSize(11);
        for (int i = 0; i < 10; i++) {
            Received one = stored.get(i + 1);
            assertThat(one.text()).isEqualTo("b" + i);
            assertThat(one.queueOffset()).isEqualTo(i + 1);
            assertThat(one.tag()).isEqualTo("Tag" + i % 2);
            assertThat(one.keys()).isEqualTo("key" + i);
            assertThat(one.properties()).containsEntry("number", String.valueOf(i));
            assertThat(one.origin().offsetMessageId())
                    .isEqualTo(sent.offsetMessageId().split(",")[i]);
        }
    }

    private static List<Received> readAll(Scenario scenario, Queue queue) {
        TestPull pull = scenario.pull(scenario.consumerPlan(scenario.name("reader"), queue.topic()));
        List<Received> all = new ArrayList<>();
        Scenario.await("the messages of " + queue).until(() -> {
            all.addAll(pull.pull(queue, "*", all.size(), 32).messages());
            return all.size() == pull.pull(queue, "*", all.size(), 1).maxOffset();
        });
        return all;
    }

    @ParameterizedTest
    @EnumSource
    void createsAnUnknownTopicWithTheFirstSend(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.name("automatic");

        Sent sent = producer.send(Outgoing.of(topic, "hello"));

        assertStored(sent);
        Scenario.await("the route of " + topic).ignoreExceptions().untilAsserted(() -> assertThat(
                        scenario.producer(scenario.producerPlan().named(scenario.name("fresh")))
                                .queues(topic))
                .hasSize(4));
    }

    @ParameterizedTest
    @EnumSource
    void createsATopicThroughTheClientApi(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();

        String topic = scenario.topic(producer, "created", 6);

        assertThat(producer.queues(topic)).extracting(Queue::id).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
    }

    @ParameterizedTest
    @EnumSource
    void keepsALargeCompressedBodyIntact(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "large", 1);
        Queue queue = new Queue(topic, SERVER.server().brokerName(), 0);
        byte[] body = "OrbitMQ carries large bodies. ".repeat(35_000).getBytes(StandardCharsets.UTF_8);

        Sent sent = producer.send(Outgoing.of(topic, body), queue);

        assertStored(sent);
        Received received = readAll(scenario, queue).get(0);
        assertThat(received.body()).isEqualTo(body);
        assertThat(received.origin().storeBytes()).isLessThan(body.length / 10);
    }

    @ParameterizedTest
    @EnumSource
    void keepsALargeIncompressibleBodyIntact(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "random", 1);
        Queue queue = new Queue(topic, SERVER.server().brokerName(), 0);
        byte[] body = new byte[1024 * 1024];
        new Random(20_261).nextBytes(body);

        assertStored(producer.send(Outgoing.of(topic, body), queue));

        assertThat(readAll(scenario, queue).get(0).body()).isEqualTo(body);
    }

    @ParameterizedTest
    @EnumSource
    void refusesABodyAboveTheLimitAndGoesOnServing(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer(scenario.producerPlan().maxMessageBytes(8 * 1024 * 1024));
        String topic = scenario.topic(producer, "limit", 1);
        byte[] tooLarge = new byte[LIMIT + 1024 * 1024];
        new Random(4).nextBytes(tooLarge);

        assertThatExceptionOfType(ClientFailure.class)
                .isThrownBy(() -> producer.send(Outgoing.of(topic, tooLarge)))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(13))
                .withMessageContaining("4194304");

        assertStored(producer.send(Outgoing.of(topic, "still here")));
    }

    @ParameterizedTest
    @EnumSource
    void refusesABodyAboveTheClientsOwnLimit(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "ownlimit", 1);

        assertThatExceptionOfType(ClientFailure.class)
                .isThrownBy(() -> producer.send(Outgoing.of(topic, new byte[LIMIT + 1])))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(13));
    }

    @ParameterizedTest
    @EnumSource
    void servesTheVipChannel(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer(scenario.producerPlan().overVipChannel());
        String topic = scenario.topic(producer, "vip", 2);
        Inbox inbox = new Inbox();
        scenario.push(scenario.consumerPlan(scenario.name("viewers"), topic).overVipChannel(), inbox);

        for (int i = 0; i < 20; i++) {
            assertStored(producer.send(Outgoing.of(topic, "m" + i)));
        }

        Scenario.await("all messages").until(() -> inbox.size() >= 20);
        assertThat(inbox.texts()).hasSize(20).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void servesTwoClientsOfTheSameName(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        ClientVersion other = version == ClientVersion.V4_9_8 ? ClientVersion.V5_3_3 : ClientVersion.V4_9_8;
        String instance = scenario.name("twin");
        String nameserver = SERVER.server().nameserver();
        TestProducer first = scenario.producer(scenario.producerPlan().named(instance));
        String topic = scenario.topic(first, "twins", 1);

        try (TestProducer second = other.client()
                .producer(ProducerPlan.of(nameserver, scenario.name("twins")).named(instance))) {
            assertStored(first.send(Outgoing.of(topic, "from the first")));
            assertStored(second.send(Outgoing.of(topic, "from the second")));
        }

        assertStored(first.send(Outgoing.of(topic, "after the second left")));
    }
}
