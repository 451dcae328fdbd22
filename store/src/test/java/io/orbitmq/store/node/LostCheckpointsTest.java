package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.store.segment.CorruptLogException;
import io.orbitmq.testkit.disk.SimulatedCrash;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store without sound checkpoints: it never had one, or they are lost and with them what only they knew. */
final class LostCheckpointsTest {

    private static final int SEGMENT_BYTES = 2048;
    private static final Path OWN = SimulatedStore.ROOT.resolve("orbitmq");
    private static final Path CHECKPOINTS = OWN.resolve("checkpoints");
    private static final Path MARK = CHECKPOINTS.resolve("first-opening");

    private SimulatedDisk disk;
    private SimulatedStore store;

    LostCheckpointsTest() {
        use(new SimulatedDisk(13));
    }

    @Test
    void refusesATrimmedLogWhoseCheckpointsAreAllDamaged() throws IOException {
        writeTrimmedLog();
        List<Path> checkpoints = disk.list(CHECKPOINTS);
        for (Path checkpoint : checkpoints) {
            disk.flipBit(checkpoint, 60, 5);
        }

        assertRefuses("All checkpoints in " + CHECKPOINTS + " are damaged " + reversed(checkpoints));
    }

    @Test
    void refusesATrimmedLogWhoseCheckpointFilesAreGone() throws IOException {
        writeTrimmedLog();
        removeAllIn(CHECKPOINTS);

        assertRefuses("There are no checkpoints in " + CHECKPOINTS + ", but this store had written some");
    }

    @Test
    void refusesATrimmedLogWhoseCheckpointDirectoryIsGone() throws IOException {
        writeTrimmedLog();
        removeAllIn(CHECKPOINTS);
        disk.delete(CHECKPOINTS);

        assertRefuses("There are no checkpoints in " + CHECKPOINTS + ", but this store had written some");
    }

    @Test
    void opensATrimmedLogWithoutThemWhenTheirWholeDirectoryWasMovedAwayAsTheRefusalSays() throws IOException {
        List<String> left = writeTrimmedLog();
        removeOwn();

        store.open(new OffsetTable());

        assertThat(bodies()).isEqualTo(left);
    }

    @Test
    void rebuildsEverythingFromALogThatBeginsAtItsBeginning() throws IOException {
        List<String> written = writeLog();
        removeAllIn(CHECKPOINTS);
        OffsetTable table = new OffsetTable();

        store.open(table);

        assertThat(bodies()).isEqualTo(written);
        assertThat(table.offsets).containsEntry("group", 7L);
    }

    /** As a store of Apache RocketMQ is found whose first segments have expired. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void opensATrimmedLogWhereverItsFirstOpeningWasKilled(boolean machineDies) throws IOException {
        boolean finished = false;
        for (int step = 1; !finished; step++) {
            use(new SimulatedDisk(step));
            List<String> left = writeTrimmedLog();
            removeOwn();
            disk.crashAtStep(disk.steps() + step);
            finished = opens();
            stop(machineDies);

            store.open(new OffsetTable());

            assertThat(bodies()).as("killed at step %d", step).isEqualTo(left);
            assertThat(disk.exists(MARK)).as("killed at step %d", step).isFalse();
        }
    }

    private void assertRefuses(String beginning) throws IOException {
        long steps = disk.steps();

        assertThatThrownBy(() -> store.open(new OffsetTable()))
                .isInstanceOf(CorruptLogException.class)
                .hasMessageStartingWith(beginning + ", and the log starts at ")
                .hasMessageEndingWith("move the whole directory " + OWN + " away.");

        assertThat(disk.steps()).as("changes of the disk").isEqualTo(steps);
    }

    /** Closed in order; the change of the table is at the log's beginning. Returns the bodies. */
    private List<String> writeLog() throws IOException {
        store.open(new OffsetTable());
        store.store().appendState("offsets", OffsetTable.change("group", 7));
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            written.add("message " + i + "x".repeat(500));
            Appended appended =
                    (Appended) store.parts().appender.append(store.queue("TopicA", 0), Drafts.text(written.get(i)));
            store.flush();
            assertThat(appended.queueOffset()).isEqualTo(i);
            store.advance(Duration.ofMillis(110));
        }
        store.store().close();
        return written;
    }

    /** The same without the oldest segments. Returns the bodies of messages that are left. */
    private List<String> writeTrimmedLog() throws IOException {
        writeLog();
        store.open(new OffsetTable());
        assertThat(store.parts().trimmer.removeBefore(2 * SEGMENT_BYTES, 2)).isEqualTo(2);
        assertThat(store.parts().log.minPosition()).isEqualTo(2 * SEGMENT_BYTES);
        List<String> left = bodies();
        assertThat(left).hasSizeBetween(4, 10);
        store.store().close();
        return left;
    }

    private List<String> bodies() {
        return store.bodies(store.queue("TopicA", 0));
    }

    private boolean opens() throws IOException {
        try {
            store.open(new OffsetTable());
            return true;
        } catch (SimulatedCrash killed) {
            return false;
        }
    }

    private void stop(boolean machineDies) {
        if (machineDies) {
            disk.crash();
        } else {
            disk.killProcess();
        }
    }

    private void removeOwn() throws IOException {
        for (Path part : disk.list(OWN)) {
            removeAllIn(part);
            disk.delete(part);
        }
        disk.delete(OWN);
    }

    /** Durably. */
    private void removeAllIn(Path directory) throws IOException {
        for (Path file : disk.list(directory)) {
            disk.delete(file);
        }
        disk.forceDirectory(directory);
    }

    private void use(SimulatedDisk other) {
        disk = other;
        store = new SimulatedStore(disk, FlushMode.SYNC_FLUSH, SEGMENT_BYTES);
    }

    private static List<Path> reversed(List<Path> paths) {
        List<Path> reversed = new ArrayList<>(paths);
        Collections.reverse(reversed);
        return reversed;
    }
}
