package io.orbitmq.compat.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.ProducerPlan;
import io.orbitmq.compat.client.Received;
import io.orbitmq.compat.client.Sent;
import io.orbitmq.compat.client.TestProducer;
import io.orbitmq.compat.client.TestTransactions;
import io.orbitmq.compat.client.TestTransactions.Decision;
import io.orbitmq.compat.server.ServerPlan;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Transactional messages, as the library's own producers send them. */
class TransactionTest {

    @RegisterExtension
    static final ServerExtension SERVER = ServerExtension.of(
            ServerPlan.standard().with("transactionTimeOut", "1000").with("transactionCheckInterval", "1000"));

    @ParameterizedTest
    @EnumSource
    void deliversWhatIsCommittedAndNothingElse(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer plain = scenario.producer();
        String topic = scenario.topic(plain, "decided", 2);
        Inbox inbox = new Inbox();
        scenario.push(scenario.consumerPlan(scenario.name("readers"), topic), inbox);
        Application application = new Application();
        try (TestTransactions.Started producer = start(scenario, version, application)) {
            for (int i = 0; i < 20; i++) {
                Sent sent = producer.send(Outgoing.of(topic, (i % 2 == 0 ? "commit" : "rollback") + i)
                        .tag("TagT")
                        .keys("k" + i));
                assertThat(sent.status()).isEqualTo("SEND_OK");
                assertThat(sent.transactionId()).isEqualTo(sent.messageId());
            }
            plain.send(Outgoing.of(topic, "last"));
            Scenario.await("the committed messages").until(() -> inbox.size() >= 11);
        }

        assertThat(inbox.texts())
                .containsExactlyInAnyOrder(
                        "commit0",
                        "commit2",
                        "commit4",
                        "commit6",
                        "commit8",
                        "commit10",
                        "commit12",
                        "commit14",
                        "commit16",
                        "commit18",
                        "last");
        Received committed = inbox.messages().stream()
                .filter(message -> message.text().equals("commit0"))
                .findFirst()
                .orElseThrow();
        assertThat(committed.tag()).isEqualTo("TagT");
        assertThat(committed.keys()).isEqualTo("k0");
        assertThat(committed.origin().sysFlag() & 0xC).isEqualTo(8);
        assertThat(committed.properties()).containsEntry("TRAN_MSG", "true");
        assertThat(application.asked).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void asksAboutWhatIsUnknown(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer plain = scenario.producer();
        String topic = scenario.topic(plain, "asked", 1);
        Inbox inbox = new Inbox();
        scenario.push(scenario.consumerPlan(scenario.name("readers"), topic), inbox);
        Application application = new Application();
        try (TestTransactions.Started producer = start(scenario, version, application)) {
            Sent one = producer.send(Outgoing.of(topic, "unknown, then commit"));
            Sent two = producer.send(Outgoing.of(topic, "unknown, then rollback"));
            Scenario.await("both questions").until(() -> application.asked.size() == 2);
            Scenario.await("the commit").until(() -> inbox.size() >= 1);

            Received question = application.asked.get(one.messageId());
            assertThat(question.text()).isEqualTo("unknown, then commit");
            assertThat(question.queue().topic()).isEqualTo(topic);
            assertThat(question.queue().id()).isEqualTo(one.queue().id());
            assertThat(application.asked).containsKey(two.messageId());
        }
        assertThat(inbox.texts()).containsExactly("unknown, then commit");
    }

    @ParameterizedTest
    @EnumSource
    void openTransactionsSurviveARestart(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer plain = scenario.producer();
        String topic = scenario.topic(plain, "survivors", 1);
        Application application = new Application();
        application.ready = false;
        try (TestTransactions.Started producer = start(scenario, version, application)) {
            Sent sent = producer.send(Outgoing.of(topic, "unknown, then commit"));
            producer.send(Outgoing.of(topic, "commit before"));

            SERVER.server().restart();
            application.ready = true;

            Inbox inbox = new Inbox();
            scenario.push(scenario.consumerPlan(scenario.name("readers"), topic), inbox);
            Scenario.await("the message decided after the restart").until(() -> inbox.size() >= 2);
            assertThat(inbox.texts()).containsExactlyInAnyOrder("unknown, then commit", "commit before");
            assertThat(application.asked).containsKey(sent.messageId());
        }
    }

    private static TestTransactions.Started start(Scenario scenario, ClientVersion version, Application application) {
        return TestTransactions.of(version)
                .start(ProducerPlan.of(SERVER.server().nameserver(), scenario.name("deciders")), application);
    }

    /** Does what the message's text says. */
    private static final class Application implements TestTransactions.Decider {

        private final Map<String, Received> asked = new ConcurrentHashMap<>();
        private volatile boolean ready = true;

        @Override
        public Decision first(String text, String transactionId) {
            if (text.startsWith("commit")) {
                return Decision.COMMIT;
            }
            return text.startsWith("rollback") ? Decision.ROLL_BACK : Decision.UNKNOWN;
        }

        @Override
        public Decision asked(Received message, String transactionId) {
            if (!ready) {
                return Decision.UNKNOWN;
            }
            asked.put(transactionId, message);
            // A decision is sent one-way: a restart may lose it, and then it is asked for.
            boolean commits =
                    message.text().endsWith("commit") || message.text().startsWith("commit");
            return commits ? Decision.COMMIT : Decision.ROLL_BACK;
        }
    }
}
