package io.orbitmq.compat.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.TestProducer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests that wait for a reply. By callback: the 5.3.3 library's waiting form gives up too early (protocol/12 section 6). */
class RequestReplyTest {

    private static final long TIMEOUT_MS = 30_000;

    @RegisterExtension
    static final ServerExtension SERVER = ServerExtension.standard();

    @ParameterizedTest
    @EnumSource
    void everyRequestGetsItsOwnReply(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "questions", 2);
        scenario.replier(scenario.consumerPlan(scenario.name("oracle"), topic), question -> "re: " + question);

        List<CompletableFuture<String>> replies = IntStream.range(0, 20)
                .mapToObj(i -> producer.request(Outgoing.of(topic, "question " + i), TIMEOUT_MS))
                .toList();

        for (int i = 0; i < replies.size(); i++) {
            assertThat(replies.get(i).join()).isEqualTo("re: question " + i);
        }
    }
}
