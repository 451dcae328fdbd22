package io.orbitmq.compat.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.ConsumerPlan;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.Pulled;
import io.orbitmq.compat.client.Queue;
import io.orbitmq.compat.client.Received;
import io.orbitmq.compat.client.TestLitePull;
import io.orbitmq.compat.client.TestProducer;
import io.orbitmq.compat.client.TestPull;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Consumers that fetch by themselves: lite pull and the old pull consumer. */
class PullTest {

    @RegisterExtension
    static final ServerExtension SERVER = ServerExtension.standard();

    @ParameterizedTest
    @EnumSource
    void litePullSeeksAndCommits(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "lite", 1);
        Queue queue = fill(producer, topic, 30);
        ConsumerPlan plan = scenario.consumerPlan(scenario.name("litegroup"), topic);
        TestLitePull first = scenario.litePullWithoutSubscription(plan);
        first.assign(List.of(queue));
        // The client pulls as soon as it has a queue; a seek before that answer is in would race with it in the client.
        assertThat(take(first, 30)).containsExactlyElementsOf(texts(0, 30));

        first.seek(queue, 10);
        assertThat(take(first, 5)).startsWith("m10", "m11", "m12", "m13", "m14");
        first.seekToBegin(queue);
        assertThat(take(first, 30)).containsExactlyElementsOf(texts(0, 30));
        first.commit();
        first.close();

        assertThat(scenario.pull(plan.named(scenario.name("observer"))).offsetFromBroker(queue))
                .isEqualTo(30);
        producer.send(Outgoing.of(topic, "next"), queue);
        TestLitePull second = scenario.litePullWithoutSubscription(plan.named(scenario.name("second")));
        second.assign(List.of(queue));
        assertThat(take(second, 1)).containsExactly("next");
    }

    @ParameterizedTest
    @EnumSource
    void litePullSharesSubscribedQueues(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "litesub", 4);
        TestLitePull consumer = scenario.litePull(scenario.consumerPlan(scenario.name("litesubgroup"), topic));
        Scenario.await("all queues").until(() -> consumer.assignment().size() == 4);
        for (int i = 0; i < 40; i++) {
            producer.send(Outgoing.of(topic, "m" + i));
        }

        assertThat(take(consumer, 40)).containsExactlyInAnyOrderElementsOf(texts(0, 40));
    }

    @ParameterizedTest
    @EnumSource
    void pullsFromAnyOffsetAndTellsTheRange(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "pull", 1);
        Queue queue = fill(producer, topic, 20);
        TestPull consumer = scenario.pull(scenario.consumerPlan(scenario.name("pullgroup"), topic));
        assertThat(consumer.queues(topic)).containsExactly(queue);

        Pulled found = consumer.pull(queue, "*", 5, 10);
        Pulled end = consumer.pull(queue, "*", 20, 10);
        Pulled beyond = consumer.pull(queue, "*", 1_000, 10);

        assertThat(found.status()).isEqualTo("FOUND");
        assertThat(found.messages()).extracting(Received::text).containsExactlyElementsOf(texts(5, 15));
        assertThat(found.nextOffset()).isEqualTo(15);
        assertThat(found.minOffset()).isZero();
        assertThat(found.maxOffset()).isEqualTo(20);
        assertThat(end.status()).isEqualTo("NO_NEW_MSG");
        assertThat(end.nextOffset()).isEqualTo(20);
        assertThat(beyond.status()).isEqualTo("OFFSET_ILLEGAL");
        assertThat(beyond.nextOffset()).isEqualTo(20);
    }

    @ParameterizedTest
    @EnumSource
    void pullSkipsMessagesOfOtherTags(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "pulltags", 1);
        Queue queue = new Queue(topic, SERVER.server().brokerName(), 0);
        for (int i = 0; i < 10; i++) {
            producer.send(Outgoing.of(topic, "m" + i).tag(i < 5 ? "Old" : "New"), queue);
        }
        TestPull consumer = scenario.pull(scenario.consumerPlan(scenario.name("tagpuller"), topic));

        List<String> texts = new ArrayList<>();
        Scenario.await("the end of the queue").until(() -> {
            Pulled pulled = consumer.pull(queue, "New", texts.isEmpty() ? 0 : 10, 32);
            pulled.messages().forEach(message -> texts.add(message.text()));
            return pulled.nextOffset() == 10;
        });
        Pulled unmatched = consumer.pull(queue, "Nothing", 0, 32);

        assertThat(texts).containsExactly("m5", "m6", "m7", "m8", "m9");
        assertThat(unmatched.status()).isEqualTo("NO_MATCHED_MSG");
        assertThat(unmatched.nextOffset()).isEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheOffsetOfAPullConsumer(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "pulloffset", 1);
        Queue queue = fill(producer, topic, 10);
        TestPull consumer = scenario.pull(scenario.consumerPlan(scenario.name("keeper"), topic));

        consumer.pull(queue, "*", 0, 7);
        consumer.commitOffset(queue, 7);

        assertThat(consumer.offsetFromBroker(queue)).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource
    void wakesOnlyThePullWhoseQueueGotAMessage(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        TestProducer producer = scenario.producer();
        String topic = scenario.topic(producer, "held", 2);
        Queue quiet = new Queue(topic, SERVER.server().brokerName(), 0);
        Queue lively = new Queue(topic, SERVER.server().brokerName(), 1);
        TestPull one = scenario.pull(scenario.consumerPlan(scenario.name("quiet"), topic));
        TestPull two = scenario.pull(scenario.consumerPlan(scenario.name("lively"), topic));
        CompletableFuture<Pulled> held =
                CompletableFuture.supplyAsync(() -> one.pullBlockIfNotFound(quiet, "*", 0, 32));

        for (int i = 0; i < 20; i++) {
            int offset = i;
            CompletableFuture<Pulled> waiting =
                    CompletableFuture.supplyAsync(() -> two.pullBlockIfNotFound(lively, "*", offset, 32));
            producer.send(Outgoing.of(topic, "m" + i), lively);
            assertThat(waiting.join().messages()).extracting(Received::text).containsExactly("m" + i);
        }

        assertThat(held).isNotDone();
        producer.send(Outgoing.of(topic, "at last"), quiet);
        assertThat(held.join().messages()).extracting(Received::text).containsExactly("at last");
    }

    private static Queue fill(TestProducer producer, String topic, int count) {
        Queue queue = new Queue(topic, SERVER.server().brokerName(), 0);
        texts(0, count).forEach(text -> producer.send(Outgoing.of(topic, text), queue));
        return queue;
    }

    private static List<String> texts(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "m" + i).toList();
    }

    private static List<String> take(TestLitePull consumer, int count) {
        List<String> texts = new ArrayList<>();
        Scenario.await(count + " messages").until(() -> {
            consumer.poll(200).forEach(message -> texts.add(message.text()));
            return texts.size() >= count;
        });
        return texts;
    }
}
