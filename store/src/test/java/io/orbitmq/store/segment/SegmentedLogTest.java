package io.orbitmq.store.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
}
