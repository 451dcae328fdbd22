package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.store.read.ReadCountingDisk;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How much is read to open a store after a crash. */
final class OpeningReadsTest {

    private static final int SEGMENT_BYTES = 16 << 10;
    private static final int MESSAGES = 200;
    private static final int BODY_BYTES = 2000;
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofMillis(110);

    @Test
    void whatIsReadAtAStartAfterACrashDoesNotGrowWithTheLog() throws IOException {
        Opening small = openAfterACrash(MESSAGES);
        Opening large = openAfterACrash(8 * MESSAGES);

        assertThat(large.logBytes()).isGreaterThan(8L * MESSAGES * BODY_BYTES);
        assertThat(large.readBytes()).isLessThan(large.logBytes() / 10);
        assertThat(large.readBytes() - small.readBytes()).isLessThan(4 * SEGMENT_BYTES);
    }

    private record Opening(long logBytes, long readBytes) {}

    private static Opening openAfterACrash(int messages) throws IOException {
        SimulatedDisk disk = new SimulatedDisk(17);
        ReadCountingDisk counting = new ReadCountingDisk(disk);
        SimulatedStore store = new SimulatedStore(disk, counting, FlushMode.SYNC_FLUSH, SEGMENT_BYTES);
        store.open();
        append(store, messages);
        // the log is checked from the older of two checkpoints on; a removed third may come back in a crash
        for (int i = 0; i < 3; i++) {
            store.advance(CHECKPOINT_INTERVAL);
            append(store, 2);
        }
        disk.crash();
        long before = counting.bytesRead();

        store.open();

        long read = counting.bytesRead() - before;
        assertThat(store.queue("TopicA", 0).maxOffset()).isEqualTo(messages + 6);
        return new Opening(store.parts().tail.endPosition(), read);
    }

    private static void append(SimulatedStore store, int messages) {
        for (int i = 0; i < messages; i++) {
            assertThat(store.parts().appender.append(store.queue("TopicA", 0), Drafts.ofSize(BODY_BYTES)))
                    .isInstanceOf(Appended.class);
            store.flush();
        }
    }
}
