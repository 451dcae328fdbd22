package io.orbitmq.compat.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.compat.client.ClientFailure;
import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.ProducerPlan;
import io.orbitmq.compat.client.Received;
import io.orbitmq.compat.client.Sent;
import io.orbitmq.compat.client.TestProducer;
import io.orbitmq.compat.client.TestRepeats;
import io.orbitmq.compat.client.TestTransactions;
import io.orbitmq.compat.harness.CuttingProxy;
import io.orbitmq.compat.server.ServerPlan;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers to sends are lost on the way to the library's producers, which send again: every message is there once. */
class RepeatedSendTest {

    private static final String PROXY_HOST = "127.0.0.2";
    private static final int MOST_ATTEMPTS = 6;

    @RegisterExtension
    static final ServerExtension SERVER = ServerExtension.of(
            ServerPlan.standard().with("brokerIP1", PROXY_HOST).with("bindAddress", "127.0.0.1"));

    private static CuttingProxy proxy;

    @BeforeAll
    static void startProxy() {
        String broker = SERVER.server().broker();
        proxy = new CuttingProxy(PROXY_HOST, "127.0.0.1", Integer.parseInt(broker.substring(broker.indexOf(':') + 1)));
    }

    @AfterAll
    static void stopProxy() {
        proxy.close();
    }

    @ParameterizedTest
    @EnumSource
    void storesAMessageOnceWhenItsAnswerIsLost(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer reader = scenario.producer();
        String topic = scenario.topic(reader, "lost", 4);
        try (TestRepeats.Started producer = TestRepeats.of(version).start(plan(scenario))) {
            for (int i = 0; i < 4; i++) {
                proxy.swallowAnswers(1 + i % 2);
                Outgoing message = Outgoing.of(topic, "m" + i).tag("T").keys("k" + i);
                Sent sent = sendUntilStored(producer.message(message));
                assertThat(proxy.disturbed()).isEqualTo(1 + i % 2);
                assertThat(reader.viewMessage(topic, sent.offsetMessageId()).text())
                        .isEqualTo("m" + i);
            }
            assertThat(stored(reader, topic)).isEqualTo(4);

            proxy.swallowAnswers(1);
            sendUntilStored(producer.message(Outgoing.of(topic, "compressible".repeat(1000))));
            assertThat(stored(reader, topic)).isEqualTo(5);

            proxy.swallowAnswers(1);
            sendUntilStored(producer.message(Outgoing.of(topic, "later").delayLevel(1)));
            Scenario.await("the delayed message").until(() -> stored(reader, topic) >= 6);
            assertThat(stored(reader, topic)).isEqualTo(6);
        }
    }

    @ParameterizedTest
    @EnumSource
    void storesABatchOnceWhenItsAnswerIsLost(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer reader = scenario.producer();
        String topic = scenario.topic(reader, "batch", 4);
        try (TestRepeats.Started producer = TestRepeats.of(version).start(plan(scenario))) {
            proxy.swallowAnswers(4);
            Sent sent = sendUntilStored(producer.batch(IntStream.range(0, 5)
                    .mapToObj(i -> Outgoing.of(topic, "member " + i))
                    .toList()));
            assertThat(proxy.disturbed()).isEqualTo(4);
            assertThat(sent.offsetMessageId().split(",")).hasSize(5);
            assertThat(stored(reader, topic)).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void storesOnceWhatIsSentAgainBecauseTheAnswerWasLate(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer reader = scenario.producer();
        String topic = scenario.topic(reader, "late", 4);
        try (TestRepeats.Started producer =
                TestRepeats.of(version).start(plan(scenario).sendTimeoutMs(1000))) {
            producer.message(Outgoing.of(topic, "first")).send();
            TestRepeats.Repeatable message = producer.message(Outgoing.of(topic, "hello"));
            proxy.delayAnswer(2000);
            assertThatThrownBy(message::send).isInstanceOf(ClientFailure.class);
            assertThat(message.send().status()).isEqualTo("SEND_OK");
            assertThat(stored(reader, topic)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void storesOnceWhatWasSentWithoutWaiting(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer reader = scenario.producer();
        String topic = scenario.topic(reader, "async", 4);
        try (TestRepeats.Started producer = TestRepeats.of(version).start(plan(scenario))) {
            proxy.swallowAnswers(1);
            List<TestRepeats.Repeatable> messages = IntStream.range(0, 50)
                    .mapToObj(i -> producer.message(Outgoing.of(topic, "m" + i)))
                    .toList();
            var answers =
                    messages.stream().map(TestRepeats.Repeatable::sendAsync).toList();
            for (int i = 0; i < answers.size(); i++) {
                int index = i;
                // the library may give up: then the application sends again
                assertThat(answers.get(i)
                                .handle((sent, failure) ->
                                        failure == null ? sent : sendUntilStored(messages.get(index)))
                                .join()
                                .status())
                        .isEqualTo("SEND_OK");
            }
            assertThat(stored(reader, topic)).isEqualTo(50);
        }
    }

    @ParameterizedTest
    @EnumSource
    void storesTwiceWhatIsSentTwice(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer reader = scenario.producer();
        String topic = scenario.topic(reader, "twice", 4);
        try (TestRepeats.Started producer = TestRepeats.of(version).start(plan(scenario))) {
            TestRepeats.Repeatable message = producer.message(Outgoing.of(topic, "hello"));
            proxy.swallowAnswers(1);
            Sent first = sendUntilStored(message);
            Sent second = message.send();
            assertThat(second.messageId()).isEqualTo(first.messageId());
            assertThat(second.offsetMessageId()).isNotEqualTo(first.offsetMessageId());
            assertThat(stored(reader, topic)).isEqualTo(2);
        }
    }

    /** The library of 4.9.8 does not notice that a connection closed and gives up the transaction instead. */
    @ParameterizedTest
    @EnumSource(names = "V5_3_3")
    void beginsOneTransactionWhenTheAnswerIsLost(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer reader = scenario.producer();
        String topic = scenario.topic(reader, "half", 4);
        try (TestTransactions.Started producer = TestTransactions.of(version).start(plan(scenario), new Commit())) {
            proxy.swallowAnswers(1);
            assertThat(producer.send(Outgoing.of(topic, "committed")).status()).isEqualTo("SEND_OK");
            producer.send(Outgoing.of(topic, "another"));
            Scenario.await("the committed messages").until(() -> stored(reader, topic) >= 2);
        }
        assertThat(stored(reader, topic)).isEqualTo(2);
    }

    private static final class Commit implements TestTransactions.Decider {

        @Override
        public TestTransactions.Decision first(String text, String transactionId) {
            return TestTransactions.Decision.COMMIT;
        }

        @Override
        public TestTransactions.Decision asked(Received message, String transactionId) {
            return TestTransactions.Decision.COMMIT;
        }
    }

    private static ProducerPlan plan(Scenario scenario) {
        return ProducerPlan.of(SERVER.server().nameserver(), scenario.name("repeating"))
                .sendTimeoutMs(2000);
    }

    /** As an application does: the library of 5.3.3 tries again by itself, that of 4.9.8 gives up after its time-out. */
    private static Sent sendUntilStored(TestRepeats.Repeatable message) {
        for (int attempt = 1; attempt < MOST_ATTEMPTS; attempt++) {
            try {
                Sent sent = message.send();
                assertThat(sent.status()).isEqualTo("SEND_OK");
                return sent;
            } catch (ClientFailure e) {
                // the answer was lost: once more
            }
        }
        return message.send();
    }

    private static long stored(TestProducer producer, String topic) {
        return producer.queues(topic).stream().mapToLong(producer::maxOffset).sum();
    }
}
