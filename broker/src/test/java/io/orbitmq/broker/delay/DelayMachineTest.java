package io.orbitmq.broker.delay;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.delay.DelayMachine.RecallResult;
import io.orbitmq.broker.fake.SmallStore;
import io.orbitmq.broker.fake.StoredRecords;
import io.orbitmq.protocol.message.MessageProperties;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DelayMachineTest {

    private final DelayWorld world =
            new DelayWorld(new SimulatedDisk(1), new SmallStore(1 << 20, Duration.ofMinutes(10)), 1000);

    @BeforeEach
    void open() throws IOException {
        world.open();
    }

    @Test
    void deliversALevelsMessageAfterItsDelayWithEverythingItHad() {
        send("a", 2, "KEYS^k~DELAY^2~UNIQ_KEY^K1~");

        world.advance(Duration.ofMillis(4999));
        assertThat(delivered()).isEmpty();
        world.advance(Duration.ofMillis(2));

        List<ByteBuffer> records = delivered();
        assertThat(records).hasSize(1);
        MessageProperties properties = MessageProperties.ofRecord(records.get(0), 0);
        assertThat(properties.get(PropertyNames.DELAY)).isEqualTo("2");
        assertThat(properties.get(PropertyNames.REAL_TOPIC)).isEqualTo("Real");
        assertThat(properties.get(PropertyNames.REAL_QID)).isEqualTo("2");
        assertThat(properties.get(PropertyNames.UNIQ_KEY)).isEqualTo("K1");
        assertThat(MessageRecord.flag(records.get(0), 0)).isEqualTo(3);
        assertThat(MessageRecord.queueId(records.get(0), 0)).isEqualTo(2);
        assertThat(StoredRecords.body(records.get(0))).isEqualTo("a");
    }

    @Test
    void deliversAtAnyMillisecond() {
        send("a", 0, "TIMER_DELAY_MS^7123~UNIQ_KEY^K1~");

        world.advance(Duration.ofMillis(7122));
        assertThat(delivered()).isEmpty();
        world.advance(Duration.ofMillis(1));

        MessageProperties properties = MessageProperties.ofRecord(delivered().get(0), 0);
        assertThat(properties.get(PropertyNames.TIMER_OUT_MS)).isEqualTo(Long.toString(world.nowMs()));
        assertThat(properties.get(PropertyNames.TIMER_DEQUEUE_MS)).isEqualTo(Long.toString(world.nowMs()));
        assertThat(properties.get(PropertyNames.TIMER_DELAY_MS)).isEqualTo("7123");
    }

    @Test
    void doesNotDeliverAgainAfterAKill() throws IOException {
        send("a", 0, "DELAY^1~");
        send("b", 0, "TIMER_DELAY_MS^800~");
        world.advance(Duration.ofSeconds(2));
        assertThat(delivered()).hasSize(2);

        world.disk.killProcess();
        world.open();
        world.advance(Duration.ofMinutes(2));

        assertThat(delivered()).isEmpty();
        assertThat(world.machine.figures().waitingInLevels()).isZero();
    }

    @Test
    void deliversAtOnceWhatCameDueWhileNobodyDid() throws IOException {
        send("level", 0, "DELAY^3~");
        send("near", 0, "TIMER_DELAY_SEC^30~");
        send("hours", 0, "TIMER_DELAY_SEC^7200~");
        send("days", 0, "TIMER_DELAY_SEC^172800~");
        world.close();
        world.clock.advance(Duration.ofDays(3));

        world.open();
        world.advance(Duration.ofMillis(10));

        assertThat(bodies()).containsExactlyInAnyOrder("level", "near", "hours", "days");
    }

    @Test
    void doesNotDeliverWhatWasRecalled() throws IOException {
        send("a", 0, "TIMER_DELAY_SEC^100~UNIQ_KEY^KA~");
        send("b", 0, "TIMER_DELAY_SEC^100~UNIQ_KEY^KB~");
        CompletableFuture<RecallResult> recalled = recall("KA", Duration.ofSeconds(100));
        assertThat(recalled).isCompletedWithValue(RecallResult.RECALLED);
        world.disk.killProcess();
        world.open();

        world.advance(Duration.ofSeconds(101));

        assertThat(bodies()).containsExactly("b");
        assertThat(recall("KB", Duration.ofSeconds(-1))).isCompletedWithValue(RecallResult.TOO_LATE);
    }

    @Test
    void forgetsARecallOnceItsTimeIsPast() {
        send("a", 0, "TIMER_DELAY_SEC^10~UNIQ_KEY^KA~");
        recall("KA", Duration.ofSeconds(10));
        assertThat(world.machine.figures().pendingRecalls()).isEqualTo(1);

        world.advance(Duration.ofMinutes(3));
        send("later", 0, "DELAY^1~");
        world.advance(Duration.ofMinutes(3));

        assertThat(world.machine.figures().pendingRecalls()).isZero();
    }

    /** A level's message goes first once the store takes something again, while the recalled one stands behind another. */
    @Test
    void remembersARecallWhileMessagesBeforeItCannotBeDelivered() {
        send("b", 0, "TIMER_DELAY_MS^10039~UNIQ_KEY^KB~");
        send("a", 0, "TIMER_DELAY_MS^10040~UNIQ_KEY^KA~");
        recall("KA", Duration.ofMillis(10_040));
        world.advance(Duration.ofMillis(3));
        send("level", 0, "DELAY^3~");
        world.disk.setCapacity(world.disk.usedBytes());
        world.advance(Duration.ofSeconds(125));
        assertThat(delivered()).isEmpty();
        assertThat(world.machine.figures().pendingRecalls()).isEqualTo(1);

        world.disk.setCapacity(Long.MAX_VALUE);
        world.advance(Duration.ofSeconds(10));

        assertThat(bodies()).containsExactlyInAnyOrder("level", "b");
        assertThat(world.machine.figures().waitingForTime()).isZero();
    }

    @Test
    void dropsARecalledMessageInOneSmallChangeAfterTheStoreRefusedForLong() {
        send("a", 0, "TIMER_DELAY_SEC^172800~UNIQ_KEY^KA~");
        recall("KA", Duration.ofDays(2));
        world.disk.setCapacity(world.disk.usedBytes());
        world.advance(Duration.ofHours(25));
        assertThat(world.machine.figures().waitingForTime()).isEqualTo(1);
        long before = world.store.status().appendedBytes();

        world.disk.setCapacity(Long.MAX_VALUE);
        world.advance(Duration.ofSeconds(11));

        assertThat(world.machine.figures().waitingForTime()).isZero();
        assertThat(world.store.status().appendedBytes() - before).isLessThan(500);
        assertThat(delivered()).isEmpty();
        assertThat(world.machine.figures().recalled()).isEqualTo(1);
    }

    @Test
    void deliversWhatWasTakenThoughSmallerBodiesAreAskedForNow() throws IOException {
        send("level", 0, "DELAY^3~");
        send("timer", 0, "TIMER_DELAY_MS^7123~UNIQ_KEY^K1~");
        world.close();
        world.config.update(all -> all.withSends(all.sends().withMaxBodyBytes(4)));

        world.open();
        world.advance(Duration.ofSeconds(10));

        assertThat(bodies()).containsExactlyInAnyOrder("level", "timer");
    }

    @Test
    void deliversAMessageOfManyDaysThatHasNoRoomForMoreProperties() {
        int length = 0;
        for (int more = 32_700; length == 0 && more > 32_000; more--) {
            String properties = "TIMER_DELAY_SEC^172800~UNIQ_KEY^KA~a^" + "x".repeat(more) + "~";
            length = world.send("a", 0, properties) instanceof AppendOutcome.Appended ? more : 0;
        }
        world.store.endTurn();

        world.advance(Duration.ofDays(2).plusSeconds(1));

        assertThat(bodies()).containsExactly("a");
        assertThat(world.machine.figures().rolled()).isPositive();
        assertThat(world.machine.figures().dropped()).isZero();
    }

    @Test
    void takesAMessageThatNamesAnotherForItsRecall() {
        send("a", 0, "TIMER_DELAY_SEC^10~UNIQ_KEY^KA~");
        send("0", 0, "TIMER_DELAY_SEC^10~TIMER_DEL_UNIQKEY^Real+KA~UNIQ_KEY^KA~");

        world.advance(Duration.ofSeconds(20));

        assertThat(delivered()).isEmpty();
    }

    @Test
    void dropsWhatIsMeantForATopicThatIsGone() {
        send("a", 0, "DELAY^1~");
        send("b", 0, "TIMER_DELAY_MS^900~");
        world.topics.delete(DelayWorld.TOPIC);

        world.advance(Duration.ofSeconds(2));

        assertThat(world.machine.figures().dropped()).isEqualTo(2);
        assertThat(world.machine.figures().waitingInLevels()).isZero();
        assertThat(world.machine.figures().waitingForTime()).isZero();
    }

    @Test
    void doesNotWaitForTheClockThatWasSetBack() {
        send("before", 0, "DELAY^3~");
        world.advance(Duration.ofSeconds(1));
        world.clock.shiftWallClock(Duration.ofHours(-1));
        send("after", 0, "DELAY^3~");

        world.advance(Duration.ofMillis(8900));
        assertThat(delivered()).isEmpty();
        world.advance(Duration.ofMillis(300));
        assertThat(bodies()).containsExactly("before");
        world.advance(Duration.ofMillis(700));
        assertThat(delivered()).isEmpty();
        world.advance(Duration.ofMillis(300));
        assertThat(bodies()).containsExactly("after");
    }

    @Test
    void saysHowFarEachLevelIs() {
        send("a", 0, "DELAY^1~");
        send("b", 0, "DELAY^1~");
        send("c", 0, "DELAY^4~");
        assertThat(world.machine.levels()).containsExactly(new LevelProgress(1, 0, 2), new LevelProgress(4, 0, 1));

        world.advance(Duration.ofSeconds(2));

        assertThat(world.machine.levels()).containsExactly(new LevelProgress(1, 2, 2), new LevelProgress(4, 0, 1));
    }

    private void send(String body, int queueId, String properties) {
        world.send(body, queueId, properties);
        world.store.endTurn();
    }

    private CompletableFuture<RecallResult> recall(String uniqueKey, Duration fromNow) {
        CompletableFuture<RecallResult> result =
                world.machine.recall(DelayWorld.TOPIC, uniqueKey, world.nowMs() + fromNow.toMillis());
        world.advance(Duration.ZERO);
        return result;
    }

    private List<ByteBuffer> delivered() {
        List<ByteBuffer> records = new ArrayList<>();
        world.collect(records::add);
        return records;
    }

    private List<String> bodies() {
        return delivered().stream().map(StoredRecords::body).toList();
    }
}
