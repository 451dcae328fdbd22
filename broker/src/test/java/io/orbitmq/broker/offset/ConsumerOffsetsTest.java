package io.orbitmq.broker.offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.broker.fake.MemoryStore;
import io.orbitmq.broker.state.ChangeLostException;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.AppendOutcome.Reason;
import io.orbitmq.testkit.SimulatedClock;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class ConsumerOffsetsTest {

    private final OffsetTable table = new OffsetTable();
    private final MemoryStore store = new MemoryStore(new SimulatedClock(), table);
    private final ConsumerOffsets offsets = new ConsumerOffsets(table, new StateLog(store));

    @Test
    void committedOffsetsAreVisibleAtOnceAndOneRecordLater() {
        offsets.commit("g1", "t", 0, 5);
        offsets.commit("g1", "t", 3, 7);
        offsets.commit("g2", "t", 0, 9);
        offsets.commit("g1", "t", 0, 6);

        assertThat(offsets.offset("g1", "t", 0)).isEqualTo(6);
        assertThat(offsets.offsets("g1", "t")).containsExactly(Map.entry(0, 6L), Map.entry(3, 7L));
        assertThat(store.changes()).isEmpty();

        offsets.flush();
        offsets.flush();

        assertThat(store.changes()).hasSize(1);
        assertThat(replayed().offset("g1", "t", 0)).isEqualTo(6);
        assertThat(replayed().offset("g2", "t", 0)).isEqualTo(9);
    }

    @Test
    void unknownQueuesHaveNoOffset() {
        offsets.commit("g", "t", 1, 5);

        assertThat(offsets.offset("g", "t", 0)).isEqualTo(ConsumerOffsets.UNKNOWN);
        assertThat(offsets.offset("g", "other", 1)).isEqualTo(ConsumerOffsets.UNKNOWN);
        assertThat(offsets.offset("other", "t", 1)).isEqualTo(ConsumerOffsets.UNKNOWN);
    }

    @Test
    void lowerAndNegativeOffsetsAndStrangeQueuesAreAccepted() {
        offsets.update("g", "t", 0, 10);
        offsets.update("g", "t", 0, 2);
        offsets.update("g", "t", Integer.MAX_VALUE, -7);
        offsets.update("g", "t", -1, 4);

        assertThat(replayed().offsets("g", "t")).isEqualTo(Map.of(0, 2L, Integer.MAX_VALUE, -7L, -1, 4L));
    }

    @Test
    void unchangedOffsetsCostNoRecord() {
        offsets.update("g", "t", 0, 10);
        offsets.commit("g", "t", 0, 10);
        offsets.flush();

        assertThat(store.changes()).hasSize(1);
    }

    @Test
    void updateIsAnsweredOnlyWhenDurable() {
        store.holdDurability();

        CompletableFuture<Void> done = offsets.update("g", "t", 0, 10);

        assertThat(done).isNotDone();
        assertThat(offsets.offset("g", "t", 0)).isEqualTo(10);
        store.makeDurable();
        assertThat(done).isCompleted();
    }

    @Test
    void updateFailsWithTheStoresReason() {
        store.holdDurability();
        CompletableFuture<Void> lost = offsets.update("g", "t", 0, 10);
        store.loseDurability("fsync failed");
        store.refuse(Reason.DISK_FULL, "the disk is full");

        assertThatThrownBy(lost::join)
                .hasCauseInstanceOf(ChangeLostException.class)
                .hasMessageContaining("fsync failed");
        assertThatThrownBy(() -> offsets.update("g", "t", 0, 11).join())
                .hasCauseInstanceOf(ChangeLostException.class)
                .hasMessageContaining("the disk is full");
    }

    @Test
    void explicitUpdateWinsOverAnEarlierCommit() {
        offsets.commit("g", "t", 0, 100);
        offsets.update("g", "t", 0, 5);
        offsets.flush();

        assertThat(offsets.offset("g", "t", 0)).isEqualTo(5);
        assertThat(replayed().offset("g", "t", 0)).isEqualTo(5);
    }

    @Test
    void commitDuringAnAppendIsNotUndoneByIt() {
        OffsetRow row = table.rowOf(new GroupTopic("g", "t"));
        offsets.commit("g", "t", 0, 9);
        offsets.commit("g", "t", 0, 10);

        row.apply(0, 9);

        assertThat(offsets.offset("g", "t", 0)).isEqualTo(10);
        offsets.flush();
        assertThat(replayed().offset("g", "t", 0)).isEqualTo(10);
    }

    @Test
    void refusedFlushIsRepeated() {
        offsets.commit("g", "t", 0, 5);
        store.refuse(Reason.DISK_FULL, "the disk is full");
        offsets.flush();
        assertThat(offsets.offset("g", "t", 0)).isEqualTo(5);

        store.acceptAgain();
        offsets.flush();

        assertThat(replayed().offset("g", "t", 0)).isEqualTo(5);
    }

    @Test
    void replayOfAnySuffixEndsInTheSameState() {
        offsets.update("g", "t", 0, 1);
        offsets.update("g2", "t2", 4, 8);
        offsets.removeTopic("t2");
        offsets.update("g", "t", 0, 3);
        offsets.update("g", "t", 1, 4);
        offsets.remove("g", "t");
        offsets.update("g", "t", 1, 6);
        ByteBuffer wanted = table.snapshot();

        List<MemoryStore.StateChange> changes = store.changes();
        for (int from = 0; from < changes.size(); from++) {
            OffsetTable copy = new OffsetTable();
            copy.restore(wanted.duplicate());
            changes.subList(from, changes.size())
                    .forEach(change -> copy.apply(change.bytes().duplicate()));
            assertThat(copy.snapshot()).isEqualTo(wanted);
        }
    }

    @Test
    void manyDirtyGroupsAreSplitIntoSeveralRecords() {
        for (int i = 0; i < 20_000; i++) {
            offsets.commit("group-" + i, "topic-" + i, 0, i);
        }

        offsets.flush();

        assertThat(store.changes()).hasSizeBetween(20, 50);
        assertThat(store.changes())
                .allSatisfy(change -> assertThat(change.bytes().remaining()).isLessThan(40_000));
        assertThat(replayed().offset("group-19999", "topic-19999", 0)).isEqualTo(19_999);
    }

    @Test
    void removedGroupIsForgottenForGood() {
        offsets.commit("g", "t", 0, 5);
        offsets.removeGroup("g");
        offsets.flush();

        assertThat(offsets.offset("g", "t", 0)).isEqualTo(ConsumerOffsets.UNKNOWN);
        assertThat(replayed().offset("g", "t", 0)).isEqualTo(ConsumerOffsets.UNKNOWN);
        assertThat(offsets.topicsOf("g")).isEmpty();
    }

    @Test
    void topicsAndGroupsAreFoundFromEachOther() {
        offsets.commit("g1", "t1", 0, 1);
        offsets.commit("g1", "t2", 0, 1);
        offsets.commit("g2", "t1", 0, 1);

        assertThat(offsets.topicsOf("g1")).containsExactly("t1", "t2");
        assertThat(offsets.groupsOf("t1")).containsExactly("g1", "g2");
    }

    @Test
    void resetIsSetAndNoticedOncePerQueue() {
        offsets.commit("g", "t", 0, 50);
        offsets.reset("g", "t", Map.of(0, 7L, 1, 0L)).join();

        assertThat(offsets.offset("g", "t", 0)).isEqualTo(7);
        assertThat(offsets.pendingReset("g", "t", 1)).isZero();
        assertThat(offsets.takeReset("g", "t", 0)).isEqualTo(7);
        assertThat(offsets.takeReset("g", "t", 0)).isEqualTo(ConsumerOffsets.UNKNOWN);
        assertThat(offsets.pendingReset("g", "t", 1)).isZero();
        assertThat(offsets.pendingReset("g", "t", 2)).isEqualTo(ConsumerOffsets.UNKNOWN);
        assertThat(replayed().offset("g", "t", 0)).isEqualTo(7);
    }

    @Test
    void aResetThatTheStoreRefusesChangesNothing() {
        offsets.reset("g", "t", Map.of(0, 7L)).join();
        offsets.commit("g", "t", 1, 50);
        store.refuse(Reason.DISK_FULL, "the disk is full");

        assertThat(offsets.reset("g", "t", Map.of(0, 3L, 1, 3L))).isCompletedExceptionally();

        store.acceptAgain();
        offsets.flush();
        assertThat(offsets.offsets("g", "t")).isEqualTo(Map.of(0, 7L, 1, 50L));
        assertThat(replayed().offsets("g", "t")).isEqualTo(Map.of(0, 7L, 1, 50L));
        assertThat(offsets.takeReset("g", "t", 0)).isEqualTo(7);
        assertThat(offsets.takeReset("g", "t", 1)).isEqualTo(ConsumerOffsets.UNKNOWN);
    }

    @Test
    void aResetOutlivesWhatWasToldInPassingBefore() {
        offsets.commit("g", "t", 0, 50);
        offsets.reset("g", "t", Map.of(0, 7L)).join();
        offsets.takeReset("g", "t", 0);
        offsets.flush();

        assertThat(offsets.offset("g", "t", 0)).isEqualTo(7);
        assertThat(replayed().offset("g", "t", 0)).isEqualTo(7);
    }

    @Test
    void whatIsToldWhileAResetWaitsToBeNoticedIsIgnored() {
        offsets.reset("g", "t", Map.of(0, 7L)).join();

        offsets.commit("g", "t", 0, 50);
        offsets.update("g", "t", 0, 51).join();
        offsets.commit("g", "t", 1, 52);
        offsets.flush();

        assertThat(replayed().offsets("g", "t")).isEqualTo(Map.of(0, 7L, 1, 52L));
        offsets.takeReset("g", "t", 0);
        offsets.commit("g", "t", 0, 8);
        assertThat(offsets.offset("g", "t", 0)).isEqualTo(8);
    }

    @Test
    void aResetSurvivesARemovalThatTheStoreRefuses() {
        offsets.reset("g", "t", Map.of(0, 7L)).join();
        store.refuse(Reason.DISK_FULL, "the disk is full");

        offsets.removeGroup("g");
        offsets.removeTopic("t");
        offsets.remove("g", "t");

        assertThat(offsets.pendingReset("g", "t", 0)).isEqualTo(7);
        store.acceptAgain();
        offsets.removeGroup("g");
        assertThat(offsets.pendingReset("g", "t", 0)).isEqualTo(ConsumerOffsets.UNKNOWN);
    }

    @Test
    void queueIdsOfOneGroupAndTopicAreBounded() {
        for (int i = 0; i < 65_536; i++) {
            offsets.commit("g", "t", i, 1);
        }

        offsets.commit("g", "t", 65_536, 1);

        assertThat(offsets.hasRoom("g", "t", 65_536)).isFalse();
        assertThat(offsets.hasRoom("g", "t", 0)).isTrue();
        assertThat(offsets.offset("g", "t", 65_536)).isEqualTo(ConsumerOffsets.UNKNOWN);
    }

    @Test
    void changesOfAnotherReleaseAreNamed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> table.apply(ByteBuffer.wrap(new byte[] {99})))
                .withMessageContaining("'offsets'")
                .withMessageContaining("kind 99");
        assertThatIllegalStateException()
                .isThrownBy(() -> table.apply(ByteBuffer.wrap(new byte[] {2, 0, 0, 0, 9, 1})))
                .withMessageContaining("9 bytes");
    }

    private OffsetTable copyOfTable() {
        OffsetTable copy = new OffsetTable();
        store.changes().forEach(change -> copy.apply(change.bytes().duplicate()));
        return copy;
    }

    private ConsumerOffsets replayed() {
        return new ConsumerOffsets(copyOfTable(), new StateLog(store));
    }

    @Test
    void showsAMovedOffsetOnceItIsInTheLogWhateverWasToldInPassing() {
        offsets.commit("g", "t", 0, 5);

        offsets.moveWith(List.of(new ConsumerOffsets.Move("g", "t", 0, 7)), () -> {
            table.applyMoved("g", "t", 0, 7);
            assertThat(offsets.offset("g", "t", 0)).isEqualTo(7);
            return new AppendOutcome.Appended(0, 0, 100, 0);
        });

        offsets.flush();
        assertThat(store.changes()).isEmpty();
        assertThat(offsets.offset("g", "t", 0)).isEqualTo(7);
    }
}
