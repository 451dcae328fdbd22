package io.orbitmq.compat.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.Received;
import io.orbitmq.compat.client.Sent;
import io.orbitmq.compat.client.TestProducer;
import io.orbitmq.compat.scenario.Scenario;
import io.orbitmq.compat.scenario.ServerExtension;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Message traces, which the clients write as messages and the tool finds by the traced message's id. */
class TraceTest {

    private static final String TRACES = "RMQ_SYS_TRACE_TOPIC";

    @RegisterExtension
    static final ServerExtension SERVER = ServerExtension.standard();

    @ParameterizedTest
    @EnumSource
    void theWayOfAMessageIsFoundByItsId(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer plain = scenario.producer();
        String topic = scenario.topic(plain, "traced", 1);
        String group = scenario.name("followed");
        ConcurrentLinkedQueue<Received> consumed = new ConcurrentLinkedQueue<>();
        scenario.push(scenario.consumerPlan(group, topic).withTraces(), consumed::addAll);
        TestProducer producer =
                scenario.producer(scenario.producerPlan().withTraces().named(scenario.name("followedProducer")));

        Sent sent = producer.send(Outgoing.of(topic, "follow me").tag("TagA").keys("business"));

        Scenario.await("the message").until(() -> consumed.size() == 1);
        Scenario.await("its traces").ignoreExceptions().untilAsserted(() -> assertThat(traces(plain, sent.messageId()))
                .contains("Pub", "SubBefore", "SubAfter", topic, group, sent.messageId(), "business"));

        // Asked once: the tool keeps the connection of this command and cannot run it twice in one process.
        assertThat(new Mqadmin(SERVER.server().nameserver()).run("queryMsgTraceById", "-i", sent.messageId()))
                .containsPattern("Pub\\s+" + scenario.name("producers"))
                .containsPattern("Sub\\s+" + group)
                .contains("success");
    }

    private static String traces(TestProducer producer, String messageId) {
        return producer.queryMessage(TRACES, messageId, 32, 0, Long.MAX_VALUE).stream()
                .map(Received::text)
                .collect(Collectors.joining("\n"));
    }
}
