package io.orbitmq.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.store.LogQueue;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Looking ahead changes nothing, wherever in the memory of a memtable it looks. */
final class ComingAppendsTest {

    private static final int QUEUES = 9_000;
    private static final int ENTRIES_A_QUEUE = 6;
    private static final int TURN = 47;
    private static final int RECORD_BYTES = 100;

    @Test
    void whatIsAddedAfterALookAheadIsFound() throws IOException {
        try (QueueIndex index = QueueIndex.open(new SimulatedDisk(1), Path.of("/sim/queues"), 0, 0, 64 << 20)) {
            ComingAppends coming = new ComingAppends(index);
            List<LogQueue> queues = new ArrayList<>();
            for (int i = 0; i < QUEUES; i++) {
                queues.add(index.queue("T", i));
            }

            for (int offset = 0; offset < ENTRIES_A_QUEUE; offset++) {
                for (int from = 0; from < QUEUES; from += TURN) {
                    List<LogQueue> turn = queues.subList(from, Math.min(QUEUES, from + TURN));
                    coming.look(turn);
                    for (LogQueue queue : turn) {
                        index.add((IndexedQueue) queue, offset, position(queue, offset), RECORD_BYTES, offset);
                    }
                }
                if (offset == ENTRIES_A_QUEUE / 2) {
                    index.seal(position(queues.get(0), offset + 1));
                }
            }

            for (LogQueue queue : queues) {
                index.publish((IndexedQueue) queue, ENTRIES_A_QUEUE);
                try (EntryCursor entries = index.entries((IndexedQueue) queue, 0)) {
                    for (int offset = 0; offset < ENTRIES_A_QUEUE; offset++) {
                        assertThat(entries.next()).isTrue();
                        assertThat(entries.offset()).isEqualTo(offset);
                        assertThat(entries.position()).isEqualTo(position(queue, offset));
                        assertThat(entries.tagsCode()).isEqualTo(offset);
                    }
                    assertThat(entries.next()).isFalse();
                }
            }
        }
    }

    private static long position(LogQueue queue, int offset) {
        return ((long) offset * QUEUES + queue.queueId()) * RECORD_BYTES;
    }
}
