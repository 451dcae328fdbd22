package io.orbitmq.compat.pop;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.Queue;
import io.orbitmq.compat.client.TestProducer;
import io.orbitmq.compat.scenario.Scenario;
import io.orbitmq.compat.scenario.ServerExtension;
import io.orbitmq.protocol.frame.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Popping, acknowledging, hiding longer and coming again, by the requests themselves. */
class PopRequestTest {

    @RegisterExtension
    static final ServerExtension SERVER = ServerExtension.standard();

    private Scenario scenario;
    private TestProducer producer;
    private PopRequests requests;
    private String group;

    @BeforeEach
    void connect() {
        scenario = SERVER.scenario(ClientVersion.V5_3_3);
        producer = scenario.producer();
        requests = new PopRequests(SERVER.server());
        group = scenario.name("poppers");
    }

    @AfterEach
    void disconnect() {
        requests.close();
    }

    @Test
    void aPopTakesMessagesOfAllQueuesAndHidesThem() {
        String topic = scenario.topic(producer, "taken", 2);
        send(topic, 0, 2);
        send(topic, 1, 3);

        PopAnswer popped = requests.pop(PopPlan.of(topic, group));
        PopAnswer nothing = requests.pop(PopPlan.of(topic, group));

        assertThat(popped.code()).isZero();
        assertThat(popped.remark()).isEqualTo("FOUND");
        assertThat(popped.texts()).containsExactlyInAnyOrder("q0m0", "q0m1", "q1m0", "q1m1", "q1m2");
        assertThat(popped.fields().text("msgOffsetInfo").split(";")).containsExactlyInAnyOrder("0 0 0,1", "0 1 0,1,2");
        assertThat(popped.fields().text("startOffsetInfo").split(";")).containsExactlyInAnyOrder("0 0 0", "0 1 0");
        assertThat(popped.fields().text("invisibleTime")).isEqualTo("60000");
        assertThat(popped.restNum()).isZero();
        assertThat(nothing.code()).isEqualTo(210);
        assertThat(nothing.remark()).isEqualTo("NO_MESSAGE_IN_QUEUE");
        assertThat(requests.committed(topic, group, 0)).isEqualTo(2);
        assertThat(requests.committed(topic, group, 1)).isEqualTo(3);
    }

    @Test
    void aPopOfOneQueueTakesAtMostWhatWasWanted() {
        String topic = scenario.topic(producer, "counted", 2);
        send(topic, 0, 2);
        send(topic, 1, 5);

        PopAnswer first = requests.pop(PopPlan.of(topic, group).queue(1).max(2));
        PopAnswer second = requests.pop(PopPlan.of(topic, group).queue(1).max(32));

        assertThat(first.texts()).containsExactly("q1m0", "q1m1");
        assertThat(first.restNum()).isEqualTo(3);
        assertThat(second.texts()).containsExactly("q1m2", "q1m3", "q1m4");
        assertThat(second.fields().text("startOffsetInfo")).isEqualTo("0 1 2");
        assertThat(requests.committed(topic, group, 0)).isEqualTo(-1);
    }

    @Test
    void whatIsNotAcknowledgedComesAgainFromTheRetryTopic() {
        String topic = scenario.topic(producer, "again", 1);
        send(topic, 0, 4);
        PopAnswer popped = requests.pop(PopPlan.of(topic, group).invisibleMs(2_000));
        long poppedAt = popped.fields().requiredLong("popTime");
        assertThat(requests.ack(topic, group, popped.messages().get(0)).code()).isZero();
        assertThat(requests.ack(topic, group, popped.messages().get(2)).code()).isZero();
        assertThat(requests.ack(topic, group, popped.messages().get(2)).code()).isZero();

        List<PoppedMessage> retried = popUntil(topic, 2);

        assertThat(retried).extracting(PoppedMessage::text).containsExactlyInAnyOrder("q0m1", "q0m3");
        for (PoppedMessage message : retried) {
            assertThat(message.isRetried()).isTrue();
            assertThat(message.topic()).isEqualTo(topic);
            assertThat(message.reconsumeTimes()).isEqualTo(1);
            assertThat(message.properties().get("1ST_POP_TIME")).isEqualTo(String.valueOf(poppedAt));
            assertThat(message.properties().has("UNIQ_KEY")).isTrue();
            assertThat(Long.parseLong(message.handle().split(" ")[1])).isGreaterThanOrEqualTo(poppedAt + 2_000);
            assertThat(requests.ack(retryTopic(topic), group, message).code()).isZero();
        }
        assertThat(requests.pop(PopPlan.of(topic, group).pollMs(4_000)).code()).isEqualTo(210);
    }

    @Test
    void aBatchOfAcknowledgementsSettlesMessages() {
        String topic = scenario.topic(producer, "batched", 1);
        send(topic, 0, 10);
        PopAnswer popped = requests.pop(PopPlan.of(topic, group).invisibleMs(2_000));

        Command acked = requests.batchAck(topic, group, popped.messages().get(0), 0, 1, 2, 4, 5, 6, 8);

        assertThat(acked.code()).isZero();
        assertThat(popUntil(topic, 3))
                .extracting(PoppedMessage::text)
                .containsExactlyInAnyOrder("q0m3", "q0m7", "q0m9");
    }

    @Test
    void invisibleTimeCanBeMadeLongerAndShorter() {
        String topic = scenario.topic(producer, "hidden", 1);
        send(topic, 0, 2);
        PopAnswer popped = requests.pop(PopPlan.of(topic, group).invisibleMs(4_000));
        PoppedMessage shorter = popped.messages().get(0);
        PoppedMessage longer = popped.messages().get(1);

        Command shortened = requests.changeInvisible(topic, group, shorter, 1_000);
        Command lengthened = requests.changeInvisible(topic, group, longer, 12_000);

        assertThat(shortened.code()).isZero();
        assertThat(shortened.fields().text("invisibleTime")).isEqualTo("1000");
        assertThat(lengthened.fields().requiredLong("popTime"))
                .isGreaterThanOrEqualTo(popped.fields().requiredLong("popTime"));
        List<PoppedMessage> both = popUntil(topic, 2);
        assertThat(both).extracting(PoppedMessage::text).containsExactly("q0m0", "q0m1");
        assertThat(poppedAt(both.get(1)) - poppedAt(both.get(0))).isGreaterThan(4_000);
        assertThat(poppedAt(both.get(1)))
                .isGreaterThanOrEqualTo(lengthened.fields().requiredLong("popTime") + 12_000);
    }

    @Test
    void aHeldPopIsWokenByAMessageThatMatches() {
        String topic = scenario.topic(producer, "awaited", 1);
        CompletableFuture<PopAnswer> held =
                requests.popLater(PopPlan.of(topic, group).pollMs(15_000).filter("TAG", "TagA"));
        Scenario.await("the pop to be held").until(() -> requests.held(topic, group, -1) == 1);
        assertThat(requests.held(topic, group, 0)).isZero();

        producer.send(Outgoing.of(topic, "other").tag("TagB"));
        assertThat(requests.held(topic, group, -1)).isEqualTo(1);
        producer.send(Outgoing.of(topic, "wanted").tag("TagA"));

        assertThat(held.join().texts()).containsExactly("wanted");
        assertThat(requests.held(topic, group, -1)).isZero();
    }

    @Test
    void aHeldPopEndsWithoutMessage() {
        String topic = scenario.topic(producer, "expired", 1);

        PopAnswer answer = requests.pop(PopPlan.of(topic, group).pollMs(1_500));

        assertThat(answer.code()).isEqualTo(210);
        assertThat(answer.messages()).isEmpty();
    }

    @Test
    void filtersByTagAndBySql() {
        String topic = scenario.topic(producer, "filtered", 1);
        for (int i = 0; i < 6; i++) {
            producer.send(Outgoing.of(topic, "m" + i)
                    .tag(i % 2 == 0 ? "Even" : "Odd")
                    .properties(Map.of("n", String.valueOf(i))));
        }

        PopAnswer byTag = requests.pop(PopPlan.of(topic, group).filter("TAG", "Odd"));
        PopAnswer bySql =
                requests.pop(PopPlan.of(topic, scenario.name("sql")).filter("SQL92", "n >= 2 AND TAGS = 'Even'"));
        PopAnswer broken =
                requests.pop(PopPlan.of(topic, scenario.name("broken")).filter("SQL92", "n >="));

        assertThat(byTag.texts()).containsExactly("m1", "m3", "m5");
        assertThat(byTag.fields().text("msgOffsetInfo")).isEqualTo("0 0 1,3,5");
        assertThat(bySql.texts()).containsExactly("m2", "m4");
        assertThat(broken.code()).isEqualTo(23);
        assertThat(broken.remark()).isEqualTo("parse the consumer's subscription failed");
    }

    @Test
    void peekingShowsWhatAPopWouldTakeAndTakesNothing() {
        String topic = scenario.topic(producer, "peeked", 1);
        assertThat(requests.peek(topic, group, -1, 32).code()).isEqualTo(19);
        send(topic, 0, 3);
        Scenario.await("the messages to be seen")
                .until(() -> requests.peek(topic, group, -1, 32).texts().size() == 3);

        PopAnswer peeked = requests.peek(topic, group, 0, 32);
        PopAnswer popped = requests.pop(PopPlan.of(topic, group).max(2));

        assertThat(peeked.texts()).containsExactly("q0m0", "q0m1", "q0m2");
        assertThat(popped.texts()).containsExactly("q0m0", "q0m1");
        assertThat(requests.peek(topic, group, -1, 32).texts()).containsExactly("q0m2");
    }

    @Test
    void notificationTellsWhetherThereIsSomethingToPop() {
        String topic = scenario.topic(producer, "told", 1);
        assertThat(requests.notification(topic, group, -1, 0, false)
                        .join()
                        .fields()
                        .text("hasMsg"))
                .isEqualTo("false");
        CompletableFuture<Command> held = requests.notification(topic, group, -1, 10_000, false);
        producer.send(Outgoing.of(topic, "here"));

        assertThat(held.join().fields().text("hasMsg")).isEqualTo("true");
        assertThat(requests.notification(topic, group, 0, 0, false)
                        .join()
                        .fields()
                        .text("hasMsg"))
                .isEqualTo("true");
        requests.pop(PopPlan.of(topic, group));
        assertThat(requests.notification(topic, group, -1, 0, false)
                        .join()
                        .fields()
                        .text("hasMsg"))
                .isEqualTo("false");
    }

    @Test
    void aYoungTopicIsPoppedFromItsBeginningEvenFromTheEnd() {
        String topic = scenario.topic(producer, "young", 1);
        send(topic, 0, 3);

        assertThat(requests.pop(PopPlan.of(topic, group).startingAtEnd()).texts())
                .containsExactly("q0m0", "q0m1", "q0m2");
    }

    @Test
    void messagesOfADeadConsumerGoToOthers() {
        String topic = scenario.topic(producer, "inherited", 2);
        send(topic, 0, 3);
        send(topic, 1, 3);
        try (PopRequests mortal = new PopRequests(SERVER.server())) {
            assertThat(mortal.pop(PopPlan.of(topic, group).invisibleMs(2_000)).texts())
                    .hasSize(6);
        }

        assertThat(popUntil(topic, 6))
                .extracting(PoppedMessage::text)
                .containsExactlyInAnyOrder("q0m0", "q0m1", "q0m2", "q1m0", "q1m1", "q1m2");
    }

    @Test
    void aMessageThatIsNeverAcknowledgedKeepsComingFromTheSameRetryTopic() {
        String topic = scenario.topic(producer, "stubborn", 1);
        send(topic, 0, 1);
        requests.pop(PopPlan.of(topic, group).invisibleMs(1_000));

        PoppedMessage second = popUntil(topic, 1, 1_000).get(0);
        PoppedMessage third = popUntil(topic, 1, 1_000).get(0);

        assertThat(second.reconsumeTimes()).isEqualTo(1);
        assertThat(third.reconsumeTimes()).isEqualTo(2);
        assertThat(third.kind()).isEqualTo(second.kind());
        assertThat(third.queueOffset()).isGreaterThan(second.queueOffset());
        assertThat(third.properties().get("1ST_POP_TIME"))
                .isEqualTo(second.properties().get("1ST_POP_TIME"));
    }

    private void send(String topic, int queue, int count) {
        for (int i = 0; i < count; i++) {
            producer.send(
                    Outgoing.of(topic, "q" + queue + "m" + i),
                    new Queue(topic, SERVER.server().brokerName(), queue));
        }
    }

    private List<PoppedMessage> popUntil(String topic, int count) {
        return popUntil(topic, count, 60_000);
    }

    /** Pops until so many messages came. */
    private List<PoppedMessage> popUntil(String topic, int count, long invisibleMs) {
        List<PoppedMessage> all = new ArrayList<>();
        Scenario.await(count + " messages of " + topic).until(() -> {
            all.addAll(requests.pop(PopPlan.of(topic, group).invisibleMs(invisibleMs))
                    .messages());
            return all.size() >= count;
        });
        assertThat(all).hasSize(count);
        return all;
    }

    private String retryTopic(String topic) {
        return "%RETRY%" + group + "_" + topic;
    }

    private static long poppedAt(PoppedMessage message) {
        return Long.parseLong(message.handle().split(" ")[1]);
    }
}
