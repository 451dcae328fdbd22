package io.orbitmq.compat.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.Received;
import io.orbitmq.compat.client.Sent;
import io.orbitmq.compat.client.TestProducer;
import io.orbitmq.compat.server.ServerPlan;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages for later: delay levels, and messages that failed and come again. */
class DelayTest {

    @RegisterExtension
    static final ServerExtension SERVER =
            ServerExtension.of(ServerPlan.standard().with("recallMessageEnable", "true"));

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
        // the library hands messages it got together to several threads
        assertThat(inbox.texts()).containsExactlyInAnyOrder("now", "in a second");
        Received delayed = inbox.messages().stream()
                .filter(message -> message.text().equals("in a second"))
                .findFirst()
                .orElseThrow();
        assertThat(delayed.queue().topic()).isEqualTo(topic);
        assertThat(delayed.origin().storeTimestampMs() - delayed.origin().bornTimestampMs())
                .isGreaterThanOrEqualTo(1_000);
    }

    @Test
    void aMessageComesAtTheMillisecondItAskedFor() {
        Scenario scenario = SERVER.scenario(ClientVersion.V5_3_3);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "timed", 1);
        Inbox inbox = new Inbox();
        scenario.push(scenario.consumerPlan(scenario.name("punctual"), topic), inbox);

        producer.send(Outgoing.of(topic, "in a while").delayMs(1_700));

        Scenario.await("it").until(() -> inbox.size() == 1);
        Received timed = inbox.messages().get(0);
        long outMs = Long.parseLong(timed.properties().get("TIMER_OUT_MS"));
        // the official server is up to a second late
        assertThat(timed.origin().storeTimestampMs()).isBetween(outMs, outMs + 1_500);
        assertThat(timed.properties()).containsEntry("REAL_TOPIC", topic).containsEntry("TIMER_DELAY_MS", "1700");
    }

    @Test
    void aRecalledMessageNeverComes() {
        Scenario scenario = SERVER.scenario(ClientVersion.V5_3_3);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "recalled", 1);
        Inbox inbox = new Inbox();
        scenario.push(scenario.consumerPlan(scenario.name("waiting"), topic), inbox);
        Sent unwanted = producer.send(Outgoing.of(topic, "unwanted").delayMs(3_000));
        producer.send(Outgoing.of(topic, "wanted").delayMs(4_500));

        assertThat(producer.recall(topic, unwanted.recallHandle())).isEqualTo(unwanted.messageId());

        Scenario.await("the other").until(() -> inbox.size() > 0);
        assertThat(inbox.texts()).containsExactly("wanted");
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
