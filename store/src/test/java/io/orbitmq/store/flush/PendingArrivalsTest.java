package io.orbitmq.store.flush;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.store.index.IndexedQueue;
import io.orbitmq.store.index.QueueIndex;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PendingArrivalsTest {

    private static final int CAPACITY = 16;
    private static final int END_BYTES = 10;

    @Test
    void lookingAheadBeyondTheEndOfTheRingChangesNothing() throws IOException {
        try (QueueIndex index = QueueIndex.open(new SimulatedDisk(1), Path.of("/sim/queues"), 0, 0, 1 << 20)) {
            IndexedQueue queue = index.queue("T", 0);
            PendingArrivals pending = new PendingArrivals(CAPACITY);
            List<Long> arrived = new ArrayList<>();
            List<Long> put = new ArrayList<>();
            for (long offset = 0; offset < 3 * CAPACITY; offset++) {
                pending.look(3 * CAPACITY);
                pending.put(queue, offset, offset + 1, (offset + 1) * END_BYTES);
                pending.look(1);
                put.add(offset);
                // one behind, so that something waits whenever it looks
                pending.drain(offset * END_BYTES, (of, at, tagsCode) -> {
                    assertThat(tagsCode).isEqualTo(at + 1);
                    arrived.add(at);
                });
            }
            pending.drain(Long.MAX_VALUE, (of, at, tagsCode) -> arrived.add(at));

            assertThat(arrived).isEqualTo(put);
            assertThat(pending.size()).isZero();
        }
    }
}
