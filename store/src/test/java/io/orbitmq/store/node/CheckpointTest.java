package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When checkpoints are written; the simulated store's indexes want to be written after every message. */
final class CheckpointTest {

    private static final Duration BEFORE_THE_NEXT_PERIOD = Duration.ofMillis(2);

    private final SimulatedDisk disk = new SimulatedDisk(3);
    private final SimulatedStore store = new SimulatedStore(disk, FlushMode.SYNC_FLUSH, 1 << 16);

    @Test
    void fullIndexesBringACheckpointWhenItIsSmall() throws IOException {
        store.open(new OffsetTable());
        Path before = newestCheckpoint();

        long end = append("message", 0);

        assertThat(store.parts().queues.indexedEnd()).isEqualTo(end);
        assertThat(newestCheckpoint()).isGreaterThan(before);
    }

    @Test
    void fullIndexesAreWrittenWithoutALargeCheckpoint() throws IOException {
        store.open(new OffsetTable());
        fillTable();
        Path before = newestCheckpoint();

        long end = 0;
        for (int i = 0; i < 20; i++) {
            end = append("message " + i, i);
        }

        assertThat(newestCheckpoint()).isEqualTo(before);
        assertThat(store.parts().queues.indexedEnd()).isEqualTo(end);
        assertThat(store.parts().keys.indexedEnd()).isEqualTo(end);
    }

    @Test
    void fullIndexesAreWrittenWithoutACheckpointThatWouldLookAtManyQueues() throws IOException {
        store.open(new OffsetTable());
        for (int i = 0; i < 1000; i++) {
            store.queue("many", i);
        }
        append("first", 0);
        store.advance(Duration.ofMillis(100));
        Path before = newestCheckpoint();

        long end = append("second", 1);

        assertThat(newestCheckpoint()).isEqualTo(before);
        assertThat(store.parts().queues.indexedEnd()).isEqualTo(end);
    }

    @Test
    void theNextPeriodBringsTheLargeCheckpoint() throws IOException {
        store.open(new OffsetTable());
        fillTable();
        Path before = newestCheckpoint();
        append("message", 0);

        store.advance(Duration.ofMillis(100));

        assertThat(newestCheckpoint()).isGreaterThan(before);
    }

    @Test
    void nothingIsLostWhenIndexesAreAheadOfTheCheckpoint() throws IOException {
        store.open(new OffsetTable());
        fillTable();
        for (int i = 0; i < 10; i++) {
            append("message " + i, i);
        }
        store.store().appendState("offsets", OffsetTable.change("late", 7));
        append("last", 10);
        disk.killProcess();

        OffsetTable reopened = new OffsetTable();
        store.open(reopened);

        assertThat(reopened.offsets).hasSize(401).containsEntry("late", 7L).containsEntry("group-399", 399L);
        assertThat(store.bodies(store.queue("TopicA", 0)))
                .hasSize(11)
                .startsWith("message 0")
                .endsWith("last");
    }

    /** Each message takes less than a hundredth of the snapshot. */
    private void fillTable() {
        for (int i = 0; i < 400; i++) {
            store.store().appendState("offsets", OffsetTable.change("group-" + i, i));
            store.flush();
        }
        store.advance(Duration.ofMillis(150));
    }

    private long append(String body, int queueOffset) {
        Appended appended = (Appended) store.parts().appender.append(store.queue("TopicA", 0), Drafts.text(body));
        assertThat(appended.queueOffset()).isEqualTo(queueOffset);
        store.flush();
        store.advance(BEFORE_THE_NEXT_PERIOD);
        return appended.endPosition();
    }

    private Path newestCheckpoint() throws IOException {
        List<Path> checkpoints = disk.list(SimulatedStore.ROOT.resolve("orbitmq/checkpoints"));
        return checkpoints.get(checkpoints.size() - 1);
    }
}
