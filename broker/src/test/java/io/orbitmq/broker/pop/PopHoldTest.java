package io.orbitmq.broker.pop;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.pop.NotificationAnswerHeader;
import io.orbitmq.transport.fake.RecordingExchange;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Long polling: protocol/08 sections 2.7, 8 and 9. */
final class PopHoldTest {

    private final PopFixture broker = new PopFixture();

    @Test
    void holdsAnEmptyPopUntilJustBeforeTheClientGivesUp() {
        RecordingExchange pop = broker.popHeld();

        broker.advance(14_900);
        assertThat(pop.isAnswered()).isFalse();
        broker.advance(100);
        assertThat(pop.response().code()).isEqualTo(ResponseCode.POLLING_TIMEOUT);
        assertThat(pop.response().remark()).isEqualTo("NO_MESSAGE_IN_QUEUE");
        assertThat(pop.response().fields().text("invisibleTime")).isEqualTo("60000");
    }

    @Test
    void wakesOnePopOfEachGroupByAMessageItWants() {
        RecordingExchange first = broker.popHeld("exp", "A || B");
        RecordingExchange second = broker.popHeld("exp", "A || B");
        RecordingExchange ofQueue = broker.popHeld("exp", "A || B", "queueId", 1);
        RecordingExchange otherGroup = broker.popHeld("consumerGroup", "H");

        broker.store.put("T", 0, "C", "unwanted");
        assertThat(first.isAnswered()).isFalse();
        assertThat(PopFixture.bodies(otherGroup.response())).containsExactly("unwanted");
        broker.store.put("T", 0, "A", "m");

        assertThat(PopFixture.bodies(first.response())).containsExactly("m");
        assertThat(second.isAnswered()).isFalse();
        assertThat(ofQueue.isAnswered()).isFalse();
        assertThat(PopFixture.header(first.response()).startOffsets()).isEqualTo("0 0 0");
        assertThat(PopFixture.header(first.response()).messageOffsets()).isEqualTo("0 0 1");
        broker.store.put("T", 1, "B", "n");
        assertThat(second.isAnswered() || ofQueue.isAnswered()).isTrue();
    }

    @Test
    void wakesAPopForWhatComesBackFromTheRetryTopic() {
        broker.store.put("T", 0, "A", "m");
        broker.pop("invisibleTime", 1_000);
        RecordingExchange held = broker.popHeld();

        broker.advance(1_000);

        assertThat(PopFixture.bodies(held.response())).containsExactly("m");
    }

    @Test
    void keepsTheLimitsOfOneKeyAndOfAll() {
        broker.config.update(all -> all.withPops(all.pops().withHeld(2, 3)));

        assertThat(broker.popHeld().isAnswered()).isFalse();
        assertThat(broker.popHeld().isAnswered()).isFalse();
        assertThat(broker.popHeld().response().code()).isEqualTo(ResponseCode.POLLING_FULL);
        assertThat(broker.popHeld("queueId", 0).isAnswered()).isFalse();
        assertThat(broker.popHeld("queueId", 1).response().code()).isEqualTo(ResponseCode.POLLING_FULL);
        assertThat(pollingNumber(-1)).isEqualTo("2");
        assertThat(pollingNumber(0)).isEqualTo("1");
        assertThat(pollingNumber(1)).isEqualTo("0");
    }

    @Test
    void givesTheMessageOfAClosedConnectionToTheNextWhoWaits() {
        RecordingExchange gone = broker.popHeld();
        PopFixture.SecondClient other = broker.secondClient();
        RecordingExchange waiting = other.popHeld();
        broker.connection.close();

        broker.store.put("T", 0, "A", "m");

        assertThat(gone.isAnswered()).isFalse();
        assertThat(PopFixture.bodies(waiting.response())).containsExactly("m");
    }

    @Test
    void answersWhatWaitsWhenTheTopicIsDeletedOrTheBrokerStops() {
        RecordingExchange first = broker.popHeld();
        broker.topics.delete("T");
        assertThat(first.response().code()).isEqualTo(ResponseCode.TOPIC_NOT_EXIST);

        broker.topics.put(TopicConfig.of("T", 2, 2, 6));
        RecordingExchange second = broker.popHeld();
        broker.pops.release();
        assertThat(second.response().code()).isEqualTo(ResponseCode.POLLING_TIMEOUT);
        assertThat(broker.popHeld().response().code()).isEqualTo(ResponseCode.POLLING_TIMEOUT);
    }

    @Test
    void notifiesOfAnyMessageAtOnceOrWhenItArrives() {
        assertThat(notified(notification(0))).isEqualTo(new NotificationAnswerHeader(false, false));
        RecordingExchange held = notification(5_000);
        assertThat(held.isAnswered()).isFalse();

        broker.store.put("T", 1, "A", "m");

        assertThat(notified(held)).isEqualTo(new NotificationAnswerHeader(true, false));
        assertThat(notified(notification(0))).isEqualTo(new NotificationAnswerHeader(true, false));
        broker.pop();
        RecordingExchange again = notification(5_000);
        broker.advance(5_000);
        assertThat(notified(again)).isEqualTo(new NotificationAnswerHeader(false, false));
    }

    @Test
    void peeksWithoutTaking() {
        Map<String, Object> fields = Map.of("consumerGroup", "G", "topic", "T", "queueId", -1, "maxMsgNums", 2);
        assertThat(broker.send(RequestCode.PEEK_MESSAGE, fields).response().code())
                .isEqualTo(ResponseCode.PULL_NOT_FOUND);
        broker.store.put("T", 0, "A", "a");
        broker.store.put("T", 0, "A", "b");
        broker.store.put("T", 1, "A", "c");

        Command answer = broker.send(RequestCode.PEEK_MESSAGE, fields).response();

        assertThat(PopFixture.bodies(answer)).containsExactly("a", "b");
        assertThat(answer.fields().text("restNum")).isEqualTo("3");
        assertThat(PopFixture.bodies(broker.pop())).hasSize(3);
    }

    private RecordingExchange notification(long pollMs) {
        return broker.send(
                RequestCode.NOTIFICATION,
                Map.of(
                        "consumerGroup",
                        "G",
                        "topic",
                        "T",
                        "queueId",
                        -1,
                        "pollTime",
                        pollMs,
                        "bornTime",
                        broker.clock.epochMs()));
    }

    private static NotificationAnswerHeader notified(RecordingExchange exchange) {
        return NotificationAnswerHeader.from(exchange.response().fields());
    }

    private String pollingNumber(int queueId) {
        return broker.send(RequestCode.POLLING_INFO, Map.of("consumerGroup", "G", "topic", "T", "queueId", queueId))
                .response()
                .fields()
                .text("pollingNum");
    }
}
