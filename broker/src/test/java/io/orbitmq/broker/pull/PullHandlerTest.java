package io.orbitmq.broker.pull;

import static io.orbitmq.broker.pull.PullFixture.offsetsIn;
import static io.orbitmq.broker.pull.PullFixture.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.PullSettings;
import io.orbitmq.broker.offset.ConsumerOffsets;
import io.orbitmq.broker.traffic.Span;
import io.orbitmq.broker.traffic.TrafficMeter.Kind;
import io.orbitmq.broker.traffic.TrafficMeter.Total;
import io.orbitmq.protocol.body.client.MessageModel;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.ReadOutcome;
import io.orbitmq.store.ReadOutcome.Status;
import io.orbitmq.store.ReadRequest;
import io.orbitmq.transport.fake.RecordingExchange;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading, committing and holding: protocol/07 sections 5.1, 5.3 to 5.7 and 12.1. */
final class PullHandlerTest {

    private static final int COMMIT = 1;
    private static final int SUSPEND = 2;
    private static final int INLINE = 4;

    private final PullFixture pulls = new PullFixture();

    @Test
    void foundMessagesComeWithTheWholeHeader() {
        put("a", "b", "c");

        Command answer = pulls.with("queueOffset", 1).pull();

        assertThat(answer.code()).isZero();
        assertThat(answer.remark()).isEqualTo("FOUND");
        assertThat(answer.fields())
                .isEqualTo(Fields.of(
                        "suggestWhichBrokerId",
                        "0",
                        "nextBeginOffset",
                        "3",
                        "minOffset",
                        "0",
                        "maxOffset",
                        "3",
                        "topicSysFlag",
                        "0",
                        "groupSysFlag",
                        "0"));
        assertThat(offsetsIn(answer)).containsExactly(1L, 2L);
        assertThat(pulls.offsets.pulledOffset("G", "T", 0))
                .as("where the next pull goes on")
                .isEqualTo(3);
        assertThat(pulls.traffic.answerTimes().slowestReadMs()).isNotNegative();
    }

    @ParameterizedTest
    @CsvSource({
        "NO_MATCHED_MESSAGE, 5, 20",
        "MESSAGE_WAS_REMOVING, 5, 20",
        "NO_MESSAGE_IN_QUEUE, 0, 19",
        "NO_MESSAGE_IN_QUEUE, 5, 21",
        "OFFSET_OVERFLOW_ONE, 5, 19",
        "OFFSET_OVERFLOW_BADLY, 5, 21",
        "OFFSET_TOO_SMALL, 5, 21"
    })
    void statusBecomesCodeAndRemark(Status status, long asked, int code) {
        pulls.store.answerNextRead(new ReadOutcome(status, 7, 3, 9, 0, 0));

        Command answer = pulls.with("queueOffset", asked).pull();

        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.remark()).isEqualTo(status.name());
        assertThat(answer.fields().text("nextBeginOffset")).isEqualTo("7");
        assertThat(answer.fields().text("minOffset")).isEqualTo("3");
        assertThat(answer.fields().text("maxOffset")).isEqualTo("9");
        assertThat(answer.fields().text("suggestWhichBrokerId")).isEqualTo("0");
        assertThat(answer.body().hasRemaining()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "-1, 1", "3, 3", "32, 32", "1000, 32"})
    void countIsBetweenOneAndTheLimit(int asked, int read) {
        pulls.with("maxMsgNums", asked).pull();

        assertThat(lastRead().maxCount()).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource({"'', 262144", "0, 262144", "1000, 1000", "2147483647, 262144"})
    void bytesAreWhatTheClientWantsWithinTheLimit(String asked, int read) {
        pulls.with("maxMsgBytes", asked).pull();

        assertThat(lastRead().maxBytes()).isEqualTo(read);
    }

    @Test
    void anAnswerAlwaysFitsAFrame() {
        pulls.config.update(all -> all.withPulls(
                new PullSettings(true, Duration.ofSeconds(1), 100, true, false, true, 32, 128 * 1024 * 1024)));

        pulls.pull();

        assertThat(lastRead().maxBytes()).isLessThan(16 * 1024 * 1024);
    }

    @Test
    void oneMessageLargerThanWantedComesAlone() {
        pulls.store.put("T", 0, "", new byte[5_000]);
        pulls.store.put("T", 0, "", new byte[10]);

        assertThat(offsetsIn(pulls.with("maxMsgBytes", 100).pull())).containsExactly(0L);
    }

    @Test
    void heartbeatTagsFilterAndTheOffsetMovesPastWhatDoesNotMatch() {
        pulls.subscribe("G", MessageModel.CLUSTERING, subscription("T", "a || c", "TAG", 2, "a", "c"));
        put("a", "b", "c", "b");

        Command answer = pulls.pull();
        assertThat(offsetsIn(answer)).containsExactly(0L, 2L);
        assertThat(answer.fields().text("nextBeginOffset")).isEqualTo("4");

        Command rest = pulls.with("queueOffset", 3).pull();
        assertThat(rest.code()).isEqualTo(20);
        assertThat(rest.fields().text("nextBeginOffset")).isEqualTo("4");
    }

    @Test
    void aReplacedSubscriptionFiltersFromThenOn() {
        put("a", "b");
        pulls.subscribe("G", MessageModel.CLUSTERING, subscription("T", "a", "TAG", 2, "a"));
        assertThat(offsetsIn(pulls.pull())).containsExactly(0L);

        pulls.subscribe("G", MessageModel.CLUSTERING, subscription("T", "b", "TAG", 3, "b"));
        assertThat(offsetsIn(pulls.pull())).containsExactly(1L);
    }

    @Test
    void inlineTagsFilterWithoutAHeartbeat() {
        put("a", "b");
        pulls.with("consumerGroup", "Tools").with("sysFlag", INLINE).with("subscription", "b");

        assertThat(offsetsIn(pulls.pull())).containsExactly(1L);
    }

    @Test
    void offsetIsCommittedWhateverTheResult() {
        pulls.with("sysFlag", COMMIT)
                .with("commitOffset", 4)
                .with("queueOffset", 9)
                .pull();
        assertThat(pulls.offsets.offset("G", "T", 0)).isEqualTo(4);

        pulls.with("commitOffset", 2).pull();
        assertThat(pulls.offsets.offset("G", "T", 0)).isEqualTo(2);
    }

    @Test
    void offsetIsNotCommittedWithoutTheBitOrWhenThereIsNone() {
        pulls.with("sysFlag", 0).with("commitOffset", 4).pull();
        assertThat(pulls.offsets.offset("G", "T", 0)).isEqualTo(ConsumerOffsets.UNKNOWN);

        pulls.with("sysFlag", COMMIT).with("commitOffset", -3).pull();
        assertThat(pulls.offsets.offset("G", "T", 0)).isEqualTo(ConsumerOffsets.UNKNOWN);
    }

    @Test
    void aRefusedPullCommitsNothing() {
        pulls.with("sysFlag", COMMIT)
                .with("commitOffset", 4)
                .with("subVersion", 9)
                .pull();

        assertThat(pulls.offsets.offset("G", "T", 0)).isEqualTo(ConsumerOffsets.UNKNOWN);
    }

    @Test
    void aPendingResetIsToldOnceAndStopsTheCommit() {
        put("a", "b", "c");
        pulls.offsets.reset("G", "T", Map.of(0, 1L));
        pulls.with("sysFlag", COMMIT).with("commitOffset", 3).with("queueOffset", 3);

        Command answer = pulls.pull();

        assertThat(answer.code()).isEqualTo(21);
        assertThat(answer.remark()).isEqualTo("OFFSET_RESET");
        assertThat(answer.fields().text("nextBeginOffset")).isEqualTo("1");
        assertThat(answer.fields().text("maxOffset")).isEqualTo("3");
        assertThat(pulls.offsets.offset("G", "T", 0)).isEqualTo(1);
        assertThat(pulls.pull().code()).isEqualTo(19);
    }

    @Test
    void nothingNewIsHeldAndAnsweredOnArrival() {
        RecordingExchange exchange = pulls.with("sysFlag", SUSPEND).send();
        assertThat(exchange.isAnswered()).isFalse();

        put("a");

        assertThat(exchange.response().code()).isZero();
        assertThat(offsetsIn(exchange.response())).containsExactly(0L);
        assertThat(pulls.held.count()).isZero();
    }

    @Test
    void aHeldPullIsAnsweredNotFoundAtItsDeadline() {
        RecordingExchange exchange = pulls.with("sysFlag", SUSPEND)
                .with("suspendTimeoutMillis", 3_000)
                .send();

        pulls.scheduler.advance(Duration.ofMillis(2_900));
        assertThat(exchange.isAnswered()).isFalse();
        pulls.scheduler.advance(Duration.ofMillis(400));

        assertThat(exchange.response().code()).isEqualTo(19);
        assertThat(pulls.held.count()).isZero();
    }

    @Test
    void shortPollingHoldsForItsOwnTime() {
        pulls.config.update(all ->
                all.withPulls(new PullSettings(false, Duration.ofSeconds(1), 100, true, false, true, 32, 262_144)));

        RecordingExchange exchange = pulls.with("sysFlag", SUSPEND).send();
        pulls.scheduler.advance(Duration.ofMillis(1_400));

        assertThat(exchange.response().code()).isEqualTo(19);
    }

    @Test
    void messagesThatDoNotMatchMoveAHeldPullOnAfterFiveSeconds() {
        pulls.subscribe("G", MessageModel.CLUSTERING, subscription("T", "a", "TAG", 2, "a"));
        RecordingExchange exchange = pulls.with("sysFlag", SUSPEND).send();

        put("b", "b");
        assertThat(exchange.isAnswered()).isFalse();
        pulls.scheduler.advance(Duration.ofMillis(5_300));

        assertThat(exchange.response().code()).isEqualTo(20);
        assertThat(exchange.response().fields().text("nextBeginOffset")).isEqualTo("2");
    }

    @Test
    void aHeldPullRunsAgainWithTheStateOfThenAndCommitsNothing() {
        RecordingExchange exchange =
                pulls.with("sysFlag", SUSPEND | COMMIT).with("commitOffset", 5).send();
        pulls.offsets.commit("G", "T", 0, 8);
        pulls.groups.leave("G", pulls.connection);

        put("a");

        assertThat(exchange.response().code()).isEqualTo(24);
        assertThat(pulls.offsets.offset("G", "T", 0)).isEqualTo(8);
    }

    @Test
    void moreThanCanBeHeldAreAnsweredAtOnce() {
        pulls.with("sysFlag", SUSPEND);
        for (int i = 0; i < 100; i++) {
            assertThat(pulls.send().isAnswered()).isFalse();
        }

        assertThat(pulls.pull().code()).isEqualTo(19);
    }

    @Test
    void onlyNotFoundIsHeld() {
        put("b");
        pulls.with("sysFlag", SUSPEND);

        assertThat(pulls.with("queueOffset", 9).pull().code()).isEqualTo(21);
        pulls.subscribe("G", MessageModel.CLUSTERING, subscription("T", "a", "TAG", 2, "a"));
        assertThat(pulls.with("queueOffset", 0).pull().code()).isEqualTo(20);
        assertThat(pulls.with("sysFlag", 0).with("queueOffset", 1).pull().code())
                .isEqualTo(19);
    }

    @Test
    void noTimeToWaitMeansAnAnswerAtOnce() {
        assertThat(pulls.with("sysFlag", SUSPEND)
                        .with("suspendTimeoutMillis", 0)
                        .pull()
                        .code())
                .isEqualTo(19);
    }

    @Test
    void aReadThatNeedsTheDiskLeavesTheEventLoop() {
        put("a");
        pulls.store.setCold(true);

        RecordingExchange exchange =
                pulls.with("sysFlag", COMMIT).with("commitOffset", 0).send();
        assertThat(exchange.isAnswered()).isFalse();
        assertThat(pulls.store.reads()).extracting(ReadRequest::memoryOnly).containsExactly(true);

        pulls.coldReads.remove().run();

        assertThat(pulls.store.reads()).extracting(ReadRequest::memoryOnly).containsExactly(true, false);
        assertThat(offsetsIn(exchange.response())).containsExactly(0L);
    }

    @Test
    void tooManyColdReadsAreRefusedWithTheCause() {
        put("a");
        pulls.store.setCold(true);
        pulls.coldReadLimit = 0;

        Command answer = pulls.pull();

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.remark()).contains("disk").contains("topic T queue 0");
    }

    @Test
    void aColdReadThatFailsIsAnswered() {
        put("a");
        pulls.store.setCold(true);
        RecordingExchange exchange = pulls.send();
        pulls.store.answerNextRead(new ReadOutcome(Status.NEEDS_DISK, 0, 0, 1, 0, 0));

        pulls.coldReads.remove().run();

        assertThat(exchange.response().code()).isEqualTo(1);
        assertThat(exchange.response().remark()).contains("disk");
    }

    @Test
    void trafficIsRecorded() {
        put("a", "b");
        int bytes = pulls.pull().body().remaining();
        pulls.with("queueOffset", 2).pull();

        assertThat(pulls.traffic.over(Span.DAY, Kind.PULLED, "T", "G")).hasValueSatisfying(traffic -> {
            assertThat(traffic.count()).isEqualTo(2);
            assertThat(traffic.bytes()).isEqualTo(bytes);
        });
        assertThat(pulls.traffic.over(Span.DAY, Total.MISSED_PULLS).count()).isEqualTo(1);
    }

    @Test
    void recordsAreTheStoredBytes() {
        pulls.store.put("T", 0, "a", "hello");

        Command answer = pulls.pull();

        int body = MessageRecord.bodyPosition(answer.body(), 0);
        byte[] bytes = new byte[MessageRecord.bodyLength(answer.body(), 0)];
        answer.body().get(body, bytes);
        assertThat(bytes).asString().isEqualTo("hello");
    }

    private void put(String... tags) {
        for (String tag : tags) {
            pulls.store.put("T", 0, tag, "body of " + tag);
        }
    }

    private ReadRequest lastRead() {
        return pulls.store.reads().get(pulls.store.reads().size() - 1);
    }
}
