package io.orbitmq.compat.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orbitmq.compat.client.ClientFailure;
import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.Queue;
import io.orbitmq.compat.client.Received;
import io.orbitmq.compat.client.Sent;
import io.orbitmq.compat.client.TestProducer;
import io.orbitmq.compat.client.TestPull;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Finding messages again: by key, by id, by time. */
class QueryTest {

    private static final int DISTINCT_TIMES = 5;

    @RegisterExtension
    static final ServerExtension SERVER = ServerExtension.standard();

    @ParameterizedTest
    @EnumSource
    void findsMessagesByEachOfTheirKeys(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "keyed", 2);
        String other = scenario.topic(producer, "otherkeyed", 1);
        for (int i = 0; i < 5; i++) {
            producer.send(Outgoing.of(topic, "m" + i).keys("shared own" + i));
        }
        producer.send(Outgoing.of(other, "elsewhere").keys("shared"));

        Scenario.await("the index").ignoreExceptions().untilAsserted(() -> assertThat(
                        texts(producer.queryMessage(topic, "shared", 32, 0, Long.MAX_VALUE)))
                .containsExactlyInAnyOrder("m0", "m1", "m2", "m3", "m4"));
        assertThat(texts(producer.queryMessage(topic, "own3", 32, 0, Long.MAX_VALUE)))
                .containsExactly("m3");
        assertThat(producer.queryMessage(topic, "shared", 2, 0, Long.MAX_VALUE)).hasSize(2);
        assertThatExceptionOfType(ClientFailure.class)
                .isThrownBy(() -> producer.queryMessage(topic, "unheard-of", 32, 0, Long.MAX_VALUE))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(208));
        assertThatExceptionOfType(ClientFailure.class)
                .isThrownBy(() -> producer.queryMessage(topic, "shared", 32, 0, 1_000))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(208));
    }

    @ParameterizedTest
    @EnumSource
    void viewsAMessageByTheBrokersIdAndByItsUniqueKey(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "viewed", 1);
        producer.send(Outgoing.of(topic, "before"));
        Sent sent = producer.send(Outgoing.of(topic, "look at me").tag("T").keys("k1 k2"));
        producer.send(Outgoing.of(topic, "after"));

        Received byOffset = producer.viewMessage(topic, sent.offsetMessageId());

        assertThat(byOffset.text()).isEqualTo("look at me");
        assertThat(byOffset.queue().id()).isEqualTo(sent.queue().id());
        assertThat(byOffset.queueOffset()).isEqualTo(sent.queueOffset());
        assertThat(byOffset.keys()).isEqualTo("k1 k2");
        Scenario.await("the index").ignoreExceptions().untilAsserted(() -> assertThat(
                        producer.viewMessage(topic, sent.messageId()).text())
                .isEqualTo("look at me"));
    }

    @ParameterizedTest
    @EnumSource
    void findsOffsetsByTime(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "timed", 1);
        Queue queue = new Queue(topic, SERVER.server().brokerName(), 0);
        TestPull reader = scenario.pull(scenario.consumerPlan(scenario.name("clockreader"), topic));
        List<Long> times = new ArrayList<>();
        Scenario.await("messages of several moments").until(() -> {
            producer.send(Outgoing.of(topic, "tick"), queue);
            times.add(reader.pullBlockIfNotFound(queue, "*", times.size(), 1)
                    .messages()
                    .get(0)
                    .origin()
                    .storeTimestampMs());
            return times.stream().distinct().count() >= DISTINCT_TIMES;
        });

        for (long time : times) {
            int first = IntStream.range(0, times.size())
                    .filter(i -> times.get(i) >= time)
                    .findFirst()
                    .orElseThrow();
            assertThat(producer.searchOffset(queue, time)).isEqualTo(first);
        }
        assertThat(producer.searchOffset(queue, 0)).isZero();
        assertThat(producer.searchOffset(queue, times.get(times.size() - 1) + 1))
                .isEqualTo(times.size());
        assertThat(producer.minOffset(queue)).isZero();
        assertThat(producer.maxOffset(queue)).isEqualTo(times.size());
        assertThat(producer.earliestStoreTimeMs(queue)).isEqualTo(times.get(0));
    }

    private static List<String> texts(List<Received> messages) {
        return messages.stream().map(Received::text).toList();
    }
}
