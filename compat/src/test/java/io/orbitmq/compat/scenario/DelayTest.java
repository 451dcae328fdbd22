package io.orbitmq.compat.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.Received;
import io.orbitmq.compat.client.TestProducer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages for later: delay levels, and messages that failed and come again. */
class DelayTest {

    @RegisterExtension
    static final ServerExtension SERVER = ServerExtension.standard();

    @ParameterizedTest
    @EnumSource
    void aDelayedMessageComesAfterItsDelayAndOnce(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "delayed", 1);
        Inbox inbox = new Inbox();
        scenario.push(scenario.consumerPlan(scenario.name("patient"), topic), inbox);

        producer.send(Outgoing.of(topic, "in a second").delayLevel(1));
        producer.send(Outgoing.of(topic, "now"));

        Scenario.await("both").until(() -> inbox.size() == 2);
        assertThat(inbox.texts()).containsExactly("now", "in a second");
        Received delayed = inbox.messages().get(1);
        assertThat(delayed.queue().topic()).isEqualTo(topic);
        assertThat(delayed.origin().storeTimestampMs() - delayed.origin().bornTimestampMs())
                .isGreaterThanOrEqualTo(1_000);
    }

    @ParameterizedTest
    @EnumSource
    void bringsAFailedMessageAgain(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "failing", 1);
        List<Received> seen = new CopyOnWriteArrayList<>();
        AtomicInteger calls = new AtomicInteger();
        scenario.push(scenario.consumerPlan(scenario.name("clumsy"), topic), batch -> {
            seen.addAll(batch);
            return calls.incrementAndGet() > 1;
        });

        var sent = producer.send(Outgoing.of(topic, "try again").tag("T").keys("k"));

        Scenario.await("the second try").until(() -> seen.size() == 2);
        Received again = seen.get(1);
        assertThat(again.queue().topic()).isEqualTo(topic);
        assertThat(again.text()).isEqualTo("try again");
        assertThat(again.messageId()).isEqualTo(sent.messageId());
        assertThat(again.origin().reconsumeTimes()).isEqualTo(1);
        assertThat(again.keys()).isEqualTo("k");
    }
}
