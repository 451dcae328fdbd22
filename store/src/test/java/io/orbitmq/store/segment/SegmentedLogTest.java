package io.orbitmq.store.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.ForwardingDisk;
import io.orbitmq.testkit.disk.SimulatedCrash;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Files of the log through faults of the disk. */
final class SegmentedLogTest {

    private static final int SEGMENT_BYTES = 4096;
    private static final int LIVES = 50;
    private static final int STEPS_OF_TRUNCATION = 5;
    private static final Path DIRECTORY = Path.of("/sim/log");

    @Test
    void opensAfterACrashDuringTruncationThoughASegmentWasHalfCreatedBefore() throws IOException {
        for (int life = 0; life < LIVES * STEPS_OF_TRUNCATION; life++) {
            SimulatedDisk disk = new SimulatedDisk(life);
            SegmentedLog log = SegmentedLog.open(disk, DIRECTORY, SEGMENT_BYTES);
            log.ensureSegmentAt(0);
            disk.failNextForces(1);
            assertThatThrownBy(() -> log.ensureSegmentAt(SEGMENT_BYTES)).isInstanceOf(IOException.class);
            disk.crashAtStep(disk.steps() + 1 + life % STEPS_OF_TRUNCATION);
            assertThatThrownBy(() -> log.truncate(100)).isInstanceOf(SimulatedCrash.class);
            disk.crash();

            assertThat(SegmentedLog.open(disk, DIRECTORY, SEGMENT_BYTES).minPosition())
                    .as("life %d", life)
                    .isZero();
        }
    }

    @Test
    void aSegmentWhoseFileCannotBeDeletedGoesBeforeTheNextOne() throws IOException {
        SimulatedDisk disk = new SimulatedDisk(1);
        DeletesNothingOnce stubborn = new DeletesNothingOnce(disk);
        SegmentedLog log = SegmentedLog.open(stubborn, DIRECTORY, SEGMENT_BYTES);
        for (int i = 0; i < 4; i++) {
            log.ensureSegmentAt((long) i * SEGMENT_BYTES);
        }
        stubborn.fails = true;
        assertThatThrownBy(() -> log.removeOldest(Long.MAX_VALUE)).isInstanceOf(IOException.class);
        assertThat(log.minPosition()).isEqualTo(SEGMENT_BYTES);

        assertThat(log.removeOldest(Long.MAX_VALUE)).isTrue();

        assertThat(disk.list(DIRECTORY)).hasSize(2);
        assertThat(SegmentedLog.open(disk, DIRECTORY, SEGMENT_BYTES).minPosition())
                .isEqualTo(2L * SEGMENT_BYTES);
    }

    private static final class DeletesNothingOnce extends ForwardingDisk {

        private boolean fails;

        DeletesNothingOnce(Disk disk) {
            super(disk);
        }

        @Override
        public void delete(Path path) throws IOException {
            if (fails) {
                fails = false;
                throw new IOException("Operation not permitted");
            }
            super.delete(path);
        }
    }
}
