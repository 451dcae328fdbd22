package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.AppendOutcome.Reason;
import io.orbitmq.store.AppendOutcome.Refused;
import io.orbitmq.store.MessageStore.DurabilityListener;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.store.segment.CorruptLogException;
import io.orbitmq.testkit.disk.SimulatedCrash;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Single faults of the disk, one by one. */
final class StoreFaultTest {

    private static final int SEGMENT_BYTES = 4096;

    private final SimulatedDisk disk = new SimulatedDisk(7);
    private final SimulatedStore store = new SimulatedStore(disk, FlushMode.SYNC_FLUSH, SEGMENT_BYTES);
    private final List<String> told = new ArrayList<>();

    @Test
    void cutsATornLastRecord() throws IOException {
        store.open();
        append("first");
        Appended last = append("last");
        store.flush();
        disk.killProcess();
        disk.flipBit(store.segment(0), last.position() + 95, 3);

        store.open();

        assertThat(store.bodies(store.queue("TopicA", 0))).containsExactly("first");
        assertThat(append("again").queueOffset()).isEqualTo(1);
        assertThat(store.parts().log.minPosition()).isZero();
    }

    @Test
    void losesNothingAcknowledgedWhereverARollIsTorn() throws IOException {
        for (int step = 1; step < 30; step++) {
            SimulatedDisk torn = new SimulatedDisk(step);
            SimulatedStore rolling = new SimulatedStore(torn, FlushMode.SYNC_FLUSH, 1024);
            rolling.open();
            List<String> acknowledged = new ArrayList<>();
            try {
                for (int i = 0; i < 20; i++) {
                    if (i == 10) {
                        torn.crashAtStep(torn.steps() + step);
                    }
                    String body = "message " + i + "x".repeat(200);
                    Appended appended =
                            (Appended) rolling.parts().appender.append(rolling.queue("TopicA", 0), Drafts.text(body));
                    rolling.parts()
                            .acknowledger
                            .whenSafe(appended.endPosition(), onDurable(() -> acknowledged.add(body)));
                    rolling.flush();
                }
            } catch (SimulatedCrash e) {
                assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(10);
            }
            torn.crash();
            rolling.open();
            assertThat(rolling.bodies(rolling.queue("TopicA", 0)))
                    .as("crash at step %d", step)
                    .startsWith(acknowledged.toArray(new String[0]));
        }
    }

    @Test
    void keepsAPrefixWhenUnforcedPagesAreLostInAnyOrder() throws IOException {
        for (long seed = 0; seed < 100; seed++) {
            SimulatedDisk shuffled = new SimulatedDisk(seed);
            SimulatedStore writing = new SimulatedStore(shuffled, FlushMode.ASYNC_FLUSH, 64 << 10);
            writing.open();
            List<String> sent = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                sent.add("message " + i + "y".repeat(i * 7 % 300));
                writing.parts().appender.append(writing.queue("TopicA", 0), Drafts.text(sent.get(i)));
                if (i == 20) {
                    writing.parts().flusher.flush();
                }
            }
            writing.flush();
            shuffled.crash();
            writing.open();
            List<String> kept = writing.bodies(writing.queue("TopicA", 0));
            assertThat(kept)
                    .as("seed %d", seed)
                    .hasSizeGreaterThanOrEqualTo(21)
                    .isEqualTo(sent.subList(0, kept.size()));
        }
    }

    @Test
    void refusesToOpenWhenDurableDataWasDamaged() throws IOException {
        store.open();
        Appended first = append("precious");
        append("more");
        store.flush();
        store.advance(Duration.ofMillis(150));
        disk.killProcess();
        disk.flipBit(store.segment(0), first.position() + 100, 0);

        assertThatThrownBy(store::open)
                .isInstanceOf(CorruptLogException.class)
                .hasMessageContaining("damaged at position " + first.position())
                .hasMessageContaining("00000000000000000000")
                .hasMessageContaining("restore the file");
    }

    @Test
    void refusesToHandOutADamagedRecord() throws IOException {
        store.open();
        Appended first = append("precious");
        store.flush();
        store.store().close();
        store.open();
        disk.flipBit(store.segment(0), first.position() + 90, 0);

        assertThatThrownBy(() -> store.bodies(store.queue("TopicA", 0)))
                .hasRootCauseInstanceOf(CorruptLogException.class)
                .rootCause()
                .hasMessageContaining("at log position " + first.position());
    }

    @Test
    void rebuildsMissingAndDamagedIndexFiles() throws IOException {
        List<String> sent = fillWithKeys(50);
        for (String index : List.of("queues", "keys")) {
            for (Path file : indexFiles(index)) {
                if (file.getFileName().toString().hashCode() % 2 == 0) {
                    disk.delete(file);
                } else {
                    disk.flipBit(file, 0, 1);
                }
            }
        }

        store.open();

        assertFindsAll(sent);
    }

    @Test
    void rebuildsAnIndexOfWhichAnyOneFileIsMissing() throws IOException {
        List<String> sent = fillWithKeys(50);
        for (String index : List.of("queues", "keys")) {
            int files = indexFiles(index).size();
            for (int i = 0; i < files && i < indexFiles(index).size(); i++) {
                disk.delete(indexFiles(index).get(i));
                store.open();
                assertFindsAll(sent);
                store.store().close();
            }
        }
    }

    /** Of a store that was closed: there is a run file in each index. Returns the bodies. */
    private List<String> fillWithKeys(int count) throws IOException {
        store.open();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sent.add("message " + i);
            MessageDraft draft = Drafts.withProperties(sent.get(i), Drafts.key("key-of-" + i));
            assertThat(store.parts().appender.append(store.queue("TopicA", 0), draft))
                    .isInstanceOf(Appended.class);
            store.flush();
        }
        store.store().close();
        for (String index : List.of("queues", "keys")) {
            assertThat(indexFiles(index)).anyMatch(file -> file.toString().endsWith(".run"));
        }
        return sent;
    }

    private List<Path> indexFiles(String index) throws IOException {
        return disk.list(SimulatedStore.ROOT.resolve("orbitmq").resolve(index));
    }

    private void assertFindsAll(List<String> sent) {
        assertThat(store.bodies(store.queue("TopicA", 0))).isEqualTo(sent);
        for (int i = 0; i < sent.size(); i++) {
            assertThat(store.bodiesByKey("TopicA", "key-of-" + i)).containsExactly(sent.get(i));
        }
    }

    @Test
    void passesOverADamagedCheckpoint() throws IOException {
        OffsetTable table = new OffsetTable();
        store.open(table);
        store.store().appendState("offsets", OffsetTable.change("group", 1));
        store.advance(Duration.ofMillis(150));
        store.store().appendState("offsets", OffsetTable.change("group", 2));
        store.store().close();
        List<Path> checkpoints = disk.list(SimulatedStore.ROOT.resolve("orbitmq/checkpoints"));
        assertThat(checkpoints).hasSize(2);
        disk.flipBit(checkpoints.get(1), 60, 5);

        OffsetTable reopened = new OffsetTable();
        store.open(reopened);
        assertThat(reopened.offsets).containsEntry("group", 2L);
        store.store().close();
        for (Path checkpoint : disk.list(SimulatedStore.ROOT.resolve("orbitmq/checkpoints"))) {
            disk.flipBit(checkpoint, 20, 5);
        }

        OffsetTable rebuilt = new OffsetTable();
        store.open(rebuilt);
        assertThat(rebuilt.offsets).containsEntry("group", 2L);
    }

    @Test
    void refusesToOpenWhenTheLogEndsBeforeTheCheckpoint() throws IOException {
        store.open();
        for (int i = 0; i < 40; i++) {
            append("message " + i + "z".repeat(150));
        }
        store.store().close();
        List<Path> segments = disk.list(SimulatedStore.ROOT.resolve("commitlog"));
        for (Path segment : segments.subList(1, segments.size())) {
            disk.delete(segment);
        }

        assertThatThrownBy(store::open).isInstanceOf(CorruptLogException.class).hasMessageContaining("before position");
    }

    @Test
    void refusesToOpenWhenASegmentIsMissingInTheMiddle() throws IOException {
        store.open();
        for (int i = 0; i < 60; i++) {
            append("message " + i + "z".repeat(150));
        }
        store.store().close();
        disk.delete(store.segment(SEGMENT_BYTES));

        assertThatThrownBy(store::open)
                .isInstanceOf(CorruptLogException.class)
                .hasMessageContaining("The log has a gap");
    }

    @ParameterizedTest
    @EnumSource(FlushMode.class)
    void fencesAfterAFailedWrite(FlushMode mode) throws IOException {
        SimulatedStore failing = new SimulatedStore(disk, mode, SEGMENT_BYTES);
        failing.open();
        appendTo(failing, "safe");
        failing.flush();
        appendTo(failing, "lost");
        disk.failNextWrites(1);
        failing.flush();

        assertFenced(failing);
    }

    @Test
    void fencesAfterAFailedForceAndNeverTriesItAgain() throws IOException {
        store.open();
        append("safe");
        store.flush();
        append("lost");
        disk.failNextForces(1);
        store.flush();

        assertFenced(store);
        long steps = disk.steps();
        store.flush();
        assertThat(disk.steps()).isEqualTo(steps);

        disk.killProcess();
        store.open();
        List<String> seen = store.bodies(store.queue("TopicA", 0));
        disk.crash();
        store.open();
        assertThat(store.bodies(store.queue("TopicA", 0))).isEqualTo(seen).startsWith("safe");
    }

    @Test
    void refusesWhileTheDiskIsFullAndGoesOnWhenThereIsSpace() throws IOException {
        store.open();
        append("first");
        store.flush();
        disk.setCapacity(disk.usedBytes() + 1024);
        AppendOutcome outcome = new Appended(0, 0, 0, 0);
        int taken = 0;
        while (outcome instanceof Appended) {
            outcome = store.parts().appender.append(store.queue("TopicA", 0), Drafts.ofSize(700));
            store.flush();
            taken++;
        }
        Refused refused = (Refused) outcome;
        assertThat(refused.reason()).isEqualTo(Reason.DISK_FULL);
        assertThat(refused.text()).contains("/sim/store/commitlog", "No space left on device", "Free space");
        assertThat(store.parts().fence.isClosed()).isFalse();

        disk.setCapacity(Long.MAX_VALUE);
        append("last");
        store.flush();
        assertThat(told).containsExactly("durable first", "durable last");
        disk.crash();
        store.open();
        assertThat(store.bodies(store.queue("TopicA", 0))).hasSize(taken + 1).endsWith("last");
    }

    @Test
    void refusesOnAReadOnlyFileSystem() throws IOException {
        store.open();
        append("first");
        store.flush();
        disk.setReadOnly(true);
        AppendOutcome outcome = store.parts().appender.append(store.queue("TopicA", 0), Drafts.text("second"));
        store.flush();
        assertThat(store.parts().appender.append(store.queue("TopicA", 0), Drafts.text("third")))
                .isInstanceOf(Refused.class);
        assertThat(outcome).isNotNull();
        assertThat(store.parts().fence.reason()).contains("Read-only file system");
        assertThat(store.bodies(store.queue("TopicA", 0))).containsExactly("first");
        disk.killProcess();
        assertThatThrownBy(store::open).isInstanceOf(IOException.class).hasMessageContaining("Read-only file system");
    }

    @Test
    void refusesASecondOpening() throws IOException {
        store.open();
        assertThatThrownBy(store::open).hasMessageContaining("locked by another running process");
    }

    private void assertFenced(SimulatedStore failing) {
        assertThat(told).first().isEqualTo("durable safe");
        assertThat(told).last().asString().startsWith("lost lost");
        assertThat(failing.bodies(failing.queue("TopicA", 0))).containsExactly("safe");
        AppendOutcome refused = failing.parts().appender.append(failing.queue("TopicA", 0), Drafts.text("more"));
        assertThat(((Refused) refused).reason()).isEqualTo(Reason.FENCED);
        assertThat(((Refused) refused).text()).contains("Input/output error", "restart the broker");
        failing.parts().acknowledger.whenSafe(Long.MAX_VALUE, listener("late"));
        assertThat(told).last().asString().startsWith("lost late");
    }

    private Appended append(String body) {
        return appendTo(store, body);
    }

    private Appended appendTo(SimulatedStore target, String body) {
        Appended appended = (Appended) target.parts().appender.append(target.queue("TopicA", 0), Drafts.text(body));
        target.parts().acknowledger.whenSafe(appended.endPosition(), listener(body));
        return appended;
    }

    private DurabilityListener listener(String body) {
        return new DurabilityListener() {
            @Override
            public void durable() {
                told.add("durable " + body);
            }

            @Override
            public void lost(String reason) {
                told.add("lost " + body + ": " + reason);
            }
        };
    }

    private static DurabilityListener onDurable(Runnable action) {
        return new DurabilityListener() {
            @Override
            public void durable() {
                action.run();
            }

            @Override
            public void lost(String reason) {
                throw new AssertionError(reason);
            }
        };
    }
}
