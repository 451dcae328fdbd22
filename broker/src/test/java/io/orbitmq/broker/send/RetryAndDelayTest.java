package io.orbitmq.broker.send;

import static io.orbitmq.broker.send.SendFixture.fields;
import static io.orbitmq.broker.send.SendFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.delay.RecallHandle;
import io.orbitmq.protocol.body.group.GroupConfig;
import io.orbitmq.protocol.body.queue.MessageQueueKey;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RetryAndDelayTest {

    private static final int BEFORE_3_4_9 = 120;

    private final SendFixture broker = new SendFixture();

    @Test
    void delayedMessageWaitsInTheQueueOfItsLevel() {
        Command answer = broker.answer(fields("TopicA", 3, "KEYS^dk~DELAY^2~UNIQ_KEY^K~"));

        assertThat(answer.code()).isZero();
        assertThat(answer.fields().text("queueId")).isEqualTo("3");
        assertThat(broker.store.last().topic()).isEqualTo("SCHEDULE_TOPIC_XXXX");
        assertThat(broker.store.last().queueId()).isEqualTo(1);
        assertThat(broker.store.last().properties())
                .isEqualTo("KEYS^dk~DELAY^2~UNIQ_KEY^K~REAL_TOPIC^TopicA~REAL_QID^3~"
                        + "MSG_REGION^DefaultRegion~CLUSTER^DefaultCluster~TRACE_ON^true~");
    }

    @Test
    void levelAboveTheHighestIsTheHighest() {
        broker.answer(fields("TopicA", 0, "DELAY^50~UNIQ_KEY^K~"));

        assertThat(broker.store.last().queueId()).isEqualTo(17);
        assertThat(broker.store.last().properties()).contains("DELAY^18~");
    }

    @Test
    void levelWinsOverTimerProperties() {
        broker.answer(fields("TopicA", 0, "DELAY^1~TIMER_DELAY_SEC^7~UNIQ_KEY^K~"));

        assertThat(broker.store.last().topic()).isEqualTo("SCHEDULE_TOPIC_XXXX");
        assertThat(broker.store.last().properties()).doesNotContain("TIMER");
    }

    @Test
    void zeroAndNegativeLevelsDoNotDelay() {
        broker.answer(fields("TopicA", 0, "DELAY^0~UNIQ_KEY^K~"));
        assertThat(broker.store.last().topic()).isEqualTo("TopicA");
        broker.answer(fields("TopicA", 0, "DELAY^-1~UNIQ_KEY^K~"));
        assertThat(broker.store.last().topic()).isEqualTo("TopicA");
    }

    @Test
    void levelThatIsNoNumberIsRefused() {
        Command answer = broker.answer(fields("TopicA", 0, "DELAY^soon~UNIQ_KEY^K~"));

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.remark()).contains("'soon'");
    }

    @Test
    void messageForATimeWaitsInItsMinuteAndCanBeRecalled() {
        long due = broker.clock.epochMs() + 7_000;
        Command answer = broker.answer(fields("TopicA", 3, "KEYS^dk~TIMER_DELAY_SEC^7~UNIQ_KEY^K~"));

        assertThat(answer.code()).isZero();
        assertThat(answer.fields().text("queueId")).isEqualTo("3");
        assertThat(broker.store.last().topic()).isEqualTo("rmq_sys_wheel_timer");
        assertThat(broker.store.last().queueId()).isEqualTo(16 + (int) (due / 60_000 % 4096));
        assertThat(broker.store.last().properties())
                .startsWith(
                        "KEYS^dk~TIMER_DELAY_SEC^7~UNIQ_KEY^K~TIMER_OUT_MS^" + due + "~REAL_TOPIC^TopicA~REAL_QID^3~");
        assertThat(RecallHandle.decode(answer.fields().text("recallHandle")))
                .contains(new RecallHandle("TopicA", "broker-a", due + 1, "K"));
    }

    @Test
    void farMessageWaitsInTheLaneOfTheRetention() {
        broker.answer(fields("TopicA", 0, "TIMER_DELAY_SEC^" + 39 * 86_400 + "~UNIQ_KEY^K~"));
        assertThat(broker.store.last().queueId()).isEqualTo(1);
    }

    @Test
    void firstOfTheDelayPropertiesWins() {
        long now = broker.clock.epochMs();
        broker.answer(fields(
                "TopicA", 0, "TIMER_DELIVER_MS^" + (now + 1) + "~TIMER_DELAY_MS^2~TIMER_DELAY_SEC^3~UNIQ_KEY^K~"));
        assertThat(broker.store.last().properties()).contains("TIMER_OUT_MS^" + (now + 3000) + "~");
    }

    @Test
    void timeTooFarOrNotANumberIsRefused() {
        long limitMs = Duration.ofDays(40).toMillis();
        String text = "timer message illegal, the delay time should not be bigger than the max delay " + limitMs
                + "ms; or if set del msg, the delay time should be bigger than the current time";
        for (String properties : List.of(
                "TIMER_DELAY_MS^" + (limitMs + 1) + "~",
                "TIMER_DELAY_SEC^soon~",
                "TIMER_DELAY_SEC^9223372036854775807~",
                "TIMER_DELIVER_MS^1~TIMER_DEL_UNIQKEY^TopicA+K~")) {
            Command answer = broker.answer(fields("TopicA", 0, properties));
            assertThat(answer.code()).as(properties).isEqualTo(13);
            assertThat(answer.remark()).isEqualTo(text);
        }
        assertThat(broker.answer(fields("TopicA", 0, "TIMER_DELAY_MS^" + limitMs + "~"))
                        .code())
                .isZero();
    }

    @Test
    void timesCanBeSwitchedOff() {
        broker.config.update(all -> all.withDelays(all.delays().withTimers(false)));

        Command answer = broker.answer(fields("TopicA", 0, "TIMER_DELAY_SEC^7~"));

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.remark()).isEqualTo("accurate timer message is not enabled, timerWheelEnable is false");
    }

    @Test
    void retriedMessageWithinTheLimitWaitsForItsRetryTopic() {
        broker.answer(retry(3, "3").put("i", SendFixture.encoded("DELAY^6~RETRY_TOPIC^TopicA~UNIQ_KEY^K~")));

        assertThat(broker.store.last().topic()).isEqualTo("SCHEDULE_TOPIC_XXXX");
        assertThat(broker.store.last().properties()).contains("REAL_TOPIC^%RETRY%G~REAL_QID^0~");
        assertThat(broker.store.last().draft().reconsumeTimes()).isEqualTo(3);
        assertThat(broker.topics.find("%RETRY%G")).isPresent();
        assertThat(broker.groups.find("G")).isPresent();
    }

    @Test
    void messageTriedMoreOftenThanTheRequestAllowsIsADeadLetter() {
        Command answer = broker.answer(retry(5, "3").put("i", SendFixture.encoded("DELAY^6~UNIQ_KEY^K~")));

        assertThat(answer.code()).isZero();
        assertThat(answer.fields().text("queueId")).isEqualTo("0");
        assertThat(broker.store.last().topic()).isEqualTo("%DLQ%G");
        assertThat(broker.store.last().queueId()).isZero();
        assertThat(broker.store.last().properties()).startsWith("DELAY^-1~UNIQ_KEY^K~");
        assertThat(broker.topics.find("%DLQ%G")).contains(TopicConfig.of("%DLQ%G", 1, 1, 6));
    }

    @Test
    void withoutLimitInTheRequestTheGroupsCounts() {
        broker.answer(retry(16, ""));
        assertThat(broker.store.last().topic()).isEqualTo("%RETRY%G");
        broker.answer(retry(17, ""));
        assertThat(broker.store.last().topic()).isEqualTo("%DLQ%G");
    }

    @Test
    void limitOfOldReleasesIsNotBelieved() {
        Command request = message(retry(5, "3"));
        Command old = new Command(
                request.code(), request.language(), BEFORE_3_4_9, 1, 0, "", request.fields(), request.body());

        broker.send(old);

        assertThat(broker.store.last().topic()).isEqualTo("%RETRY%G");
    }

    @Test
    void groupThatConsumesInOrderDoesNotRetry() {
        broker.locks.lock("G", "c1", List.of(new MessageQueueKey("TopicA", "broker-a", 0)));
        broker.answer(retry(0, "16"));
        assertThat(broker.store.last().topic()).isEqualTo("%DLQ%G");

        broker.scheduler.advance(Duration.ofSeconds(61));
        broker.answer(retry(0, "16"));

        assertThat(broker.store.last().topic()).isEqualTo("%RETRY%G");
    }

    @Test
    void groupThatMayNotExistIsRefused() {
        broker.topics.put(TopicConfig.of("%RETRY%G", 1, 1, 6));
        broker.config.update(all -> all.withGroups(all.groups().withAutoCreate(false)));

        Command answer = broker.answer(retry(0, "16"));

        assertThat(answer.code()).isEqualTo(26);
        assertThat(answer.remark())
                .isEqualTo("subscription group not exist, G \n"
                        + "See https://rocketmq.apache.org/docs/bestPractice/06FAQ for further details.");
        broker.groups.put(GroupConfig.named("G"));
        assertThat(broker.answer(retry(0, "16")).code()).isZero();
    }

    @Test
    void unknownRetryTopicIsCreatedEvenWithoutTemplate() {
        broker.answer(retry(0, "16").put("c", "nothing").put("k", "true"));

        TopicConfig created = broker.topics.find("%RETRY%G").orElseThrow();
        assertThat(created.writeQueues()).isEqualTo(1);
        assertThat(created.permission()).isEqualTo(6);
        assertThat(created.sysFlag()).isEqualTo(2);
    }

    private static Fields.Builder retry(int reconsumeTimes, String limit) {
        return fields("%RETRY%G", 0, "UNIQ_KEY^K~").put("j", reconsumeTimes).put("l", limit);
    }
}
