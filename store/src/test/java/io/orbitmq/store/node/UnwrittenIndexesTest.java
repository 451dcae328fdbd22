package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.DiskFile;
import io.orbitmq.foundation.file.ForwardingDisk;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.AppendOutcome.Reason;
import io.orbitmq.store.AppendOutcome.Refused;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.store.index.IndexedQueue;
import io.orbitmq.store.state.StateTables;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.testkit.SimulatedScheduler;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The log has room, the directory of the indexes has not: as with storePathCommitLog on a disk of its own. */
final class UnwrittenIndexesTest {

    private static final Path ROOT = Path.of("/sim/store");
    private static final long MEMTABLE_BYTES = 64 << 10;
    private static final int TURN = 16;

    private final SimulatedClock clock = new SimulatedClock();
    private final SimulatedScheduler scheduler = new SimulatedScheduler(clock);
    private final FullForIndexes disk = new FullForIndexes(new SimulatedDisk(1));
    private OpenStore store;
    private long taken;

    @Test
    void messagesAreRefusedWhenTheIndexesTakeAllTheMemoryTheyMay() throws IOException {
        open();
        append(1000);
        disk.isFull = true;

        Refused refused = appendUntilRefused();

        assertThat(refused.reason()).isEqualTo(Reason.DISK_FULL);
        assertThat(refused.text()).contains(ROOT.toString(), "No space left on device", "free space");
        // what fits into the memtables of both indexes, at 12 bytes an entry at least
        assertThat(taken).isLessThan(1000 + 2 * 5 * MEMTABLE_BYTES / 12);

        disk.isFull = false;
        scheduler.advance(Duration.ofSeconds(1));
        append(1000);
        assertThat(store.parts().queues.queue("Topic", 0).maxOffset()).isEqualTo(taken);
        store.close();
        open();
        assertThat(store.parts().queues.queue("Topic", 0).maxOffset()).isEqualTo(taken);
    }

    @Test
    void messagesAreTakenAgainWhenOnlyTheCheckpointCannotBeWritten() throws IOException {
        open();
        append(1000);
        disk.isFull = true;
        appendUntilRefused();

        disk.isFull = false;
        disk.isFullForCheckpoints = true;
        scheduler.advance(Duration.ofSeconds(1));

        append(10);
    }

    private void append(int messages) {
        for (int i = 0; i < messages; i++) {
            assertThat(append()).isInstanceOf(Appended.class);
        }
        endTurn();
    }

    private Refused appendUntilRefused() {
        while (true) {
            AppendOutcome outcome = append();
            if (outcome instanceof Refused refused) {
                return refused;
            }
            assertThat(taken).as("messages").isLessThan(1_000_000);
        }
    }

    private AppendOutcome append() {
        IndexedQueue queue = store.parts().queues.queue("Topic", 0);
        AppendOutcome outcome =
                store.parts().appender.append(queue, Drafts.withProperties("x", "KEYS\u0001k" + taken + "\u0002"));
        if (outcome instanceof Appended && ++taken % TURN == 0) {
            endTurn();
        }
        return outcome;
    }

    private void endTurn() {
        store.parts().flusher.endTurn();
        scheduler.advance(Duration.ofMillis(1));
    }

    private void open() throws IOException {
        store = OpenStore.open(
                RestlessConfig.of(ROOT, FlushMode.ASYNC_FLUSH, 1 << 20, Duration.ofMinutes(1)),
                new StateTables(List.of()),
                new OpenStore.Environment(
                        disk, clock, scheduler, new StoreMemory(64 << 10, 4, MEMTABLE_BYTES, 1024, 1 << 20)));
    }

    /** Lets nobody open files below the directory of the indexes while it is full. */
    private static final class FullForIndexes extends ForwardingDisk {

        private boolean isFull;
        private boolean isFullForCheckpoints;

        FullForIndexes(Disk disk) {
            super(disk);
        }

        @Override
        public DiskFile open(Path path) throws IOException {
            if (isFull && path.startsWith(ROOT.resolve("orbitmq"))
                    || isFullForCheckpoints && path.startsWith(ROOT.resolve("orbitmq/checkpoints"))) {
                throw new IOException("No space left on device");
            }
            return super.open(path);
        }
    }
}
