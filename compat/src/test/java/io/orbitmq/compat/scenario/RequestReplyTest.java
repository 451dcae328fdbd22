package io.orbitmq.compat.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.compat.client.ClientFailure;
import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.Received;
import io.orbitmq.compat.client.TestReplies;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Asking over a topic and getting the reply. */
class RequestReplyTest {

    private static final long PATIENCE_MS = 30_000;

    @RegisterExtension
    static final ServerExtension SERVER = ServerExtension.standard();

    @ParameterizedTest
    @EnumSource
    void repliesReachWhoAsked(ClientVersion version) throws Exception {
        Scenario scenario = SERVER.scenario(version);
        String topic = scenario.topic(scenario.producer(), "questions", 2);
        TestReplies replies = TestReplies.of(version);
        try (TestReplies.Asking asking = replies.asking(scenario.producerPlan().named(scenario.name("asking")));
                AutoCloseable answering = replies.answering(
                        scenario.consumerPlan(scenario.name("answerers"), topic),
                        scenario.producerPlan().named(scenario.name("answering")),
                        text -> "re: " + text)) {
            assertThat(answering).isNotNull();

            Received reply =
                    asking.askLater(Outgoing.of(topic, "first"), PATIENCE_MS).join();
            assertThat(reply.text()).isEqualTo("re: first");
            assertThat(reply.properties()).containsKeys("CORRELATION_ID", "PUSH_REPLY_TIME", "ARRIVE_TIME");
            String large = "x".repeat(20_000);
            assertThat(asking.askLater(Outgoing.of(topic, large), PATIENCE_MS)
                            .join()
                            .text())
                    .isEqualTo("re: " + large);
            if (version == ClientVersion.V4_9_8) { // 5.3.3 gives up at once when it waits, with every server
                assertThat(asking.ask(Outgoing.of(topic, "waiting"), PATIENCE_MS)
                                .text())
                        .isEqualTo("re: waiting");
            }

            List<CompletableFuture<Received>> later = IntStream.range(0, 50)
                    .mapToObj(i -> asking.askLater(Outgoing.of(topic, "q" + i), PATIENCE_MS))
                    .toList();
            for (int i = 0; i < later.size(); i++) {
                assertThat(later.get(i).join().text()).isEqualTo("re: q" + i);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutAnAnswerTheRequestEndsInTime(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        String topic = scenario.topic(scenario.producer(), "unheard", 1);
        try (TestReplies.Asking asking =
                TestReplies.of(version).asking(scenario.producerPlan().named(scenario.name("asking")))) {
            assertThatThrownBy(() -> asking.ask(Outgoing.of(topic, "anybody?"), 2_000))
                    .isInstanceOf(ClientFailure.class)
                    .hasMessageContaining("wait reply message timeout");
        }
    }
}
