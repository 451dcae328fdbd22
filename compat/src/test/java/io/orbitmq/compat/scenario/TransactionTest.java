package io.orbitmq.compat.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.Received;
import io.orbitmq.compat.client.Sent;
import io.orbitmq.compat.client.TestProducer;
import io.orbitmq.compat.client.TestTransactionProducer;
import io.orbitmq.compat.client.TransactionScript;
import io.orbitmq.compat.server.ServerPlan;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Transactional messages: decided at once, and decided when the broker asks. */
class TransactionTest {

    @RegisterExtension
    static final ServerExtension SERVER = ServerExtension.of(
            ServerPlan.standard().with("transactionTimeOut", "1000").with("transactionCheckInterval", "1000"));

    @ParameterizedTest
    @EnumSource
    void consumersSeeWhatIsCommittedAndOnlyThat(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer plain = scenario.producer(scenario.producerPlan().named(scenario.name("plain")));
        String topic = scenario.topic(plain, "transacted", 2);
        Inbox inbox = new Inbox();
        scenario.push(scenario.consumerPlan(scenario.name("watchers"), topic), inbox);
        Ledger ledger = new Ledger();
        TestTransactionProducer producer = scenario.transactionProducer(ledger);

        for (int i = 0; i < 5; i++) {
            Sent sent = producer.send(Outgoing.of(topic, "commit" + i).keys("k" + i));
            assertThat(sent.status()).isEqualTo("SEND_OK");
            producer.send(Outgoing.of(topic, "rollback" + i));
            producer.send(Outgoing.of(topic, "ask-commit" + i));
            producer.send(Outgoing.of(topic, "ask-rollback" + i));
        }

        Scenario.await("the broker's questions").until(() -> ledger.asked.size() == 10);
        Scenario.await("the committed messages").until(() -> inbox.size() >= 10);
        plain.send(Outgoing.of(topic, "last"));
        Scenario.await("the last message").until(() -> inbox.texts().contains("last"));
        assertThat(inbox.texts())
                .containsExactlyInAnyOrder(
                        "commit0",
                        "commit1",
                        "commit2",
                        "commit3",
                        "commit4",
                        "ask-commit0",
                        "ask-commit1",
                        "ask-commit2",
                        "ask-commit3",
                        "ask-commit4",
                        "last");
        assertThat(ledger.asked.keySet()).allMatch(text -> text.startsWith("ask-"));
        Received committed = inbox.messages().stream()
                .filter(message -> message.text().equals("commit0"))
                .findFirst()
                .orElseThrow();
        assertThat(committed.queue().topic()).isEqualTo(topic);
        assertThat(committed.keys()).isEqualTo("k0");
    }

    /** Decides by the text; what starts with "ask" is left open and decided when the broker asks. */
    private static final class Ledger implements TransactionScript {

        private final Map<String, Integer> asked = new ConcurrentHashMap<>();

        @Override
        public Decision execute(String text) {
            if (text.startsWith("ask")) {
                return Decision.UNKNOWN;
            }
            return text.startsWith("commit") ? Decision.COMMIT : Decision.ROLLBACK;
        }

        @Override
        public Decision check(Received half) {
            asked.merge(half.text(), 1, Integer::sum);
            return half.text().startsWith("ask-commit") ? Decision.COMMIT : Decision.ROLLBACK;
        }
    }
}
