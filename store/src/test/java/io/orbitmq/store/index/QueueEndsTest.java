package io.orbitmq.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.foundation.file.SystemDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QueueEndsTest {

    private static final int QUEUES = 100;

    @TempDir
    private Path directory;

    @Test
    void aQueueGoesOnWhereItEndedThoughIndexAndMessagesAreGone() throws IOException {
        List<ByteBuffer> bodies;
        try (QueueIndex index = open("old", 0, 0)) {
            for (int i = 0; i < QUEUES; i++) {
                add(index, i, 0, i * 100L);
                add(index, i, 1, i * 100L + 50);
            }
            add(index, 7, 2, 20_000);
            index.seal(30_000);
            index.writeSealed();
            add(index, 8, 2, 40_000);
            index.queue("never used", 0);

            bodies = QueueEnds.before(index, 9_000, 200);
            index.trim(9_000);
            assertThat(index.queue("T", 3).minOffset()).isEqualTo(2);
        }
        assertThat(bodies).hasSizeGreaterThan(1).allMatch(body -> body.remaining() <= 200);

        try (QueueIndex rebuilt = open("new", 9_000, 50_000)) {
            for (int i = 90; i < QUEUES; i++) {
                add(rebuilt, i, 0, i * 100L);
                add(rebuilt, i, 1, i * 100L + 50);
            }
            add(rebuilt, 7, 2, 20_000);
            add(rebuilt, 8, 2, 40_000);
            bodies.forEach(body -> QueueEnds.apply(rebuilt, body, 45_000));

            assertThat(bounds(rebuilt, 3)).containsExactly(2L, 2L);
            assertThat(bounds(rebuilt, 7)).containsExactly(2L, 3L);
            assertThat(bounds(rebuilt, 95)).containsExactly(0L, 2L);
            assertThat(rebuilt.queueCount()).isEqualTo(QUEUES);
            rebuilt.seal(50_000);
            rebuilt.writeSealed();
        }
        try (QueueIndex opened = open("new", 9_000, 50_000)) {
            assertThat(bounds(opened, 3)).containsExactly(2L, 2L);
        }
    }

    @Test
    void endsThatAreOlderThanTheIndexAreIgnored() throws IOException {
        List<ByteBuffer> bodies;
        try (QueueIndex index = open("q", 0, 0)) {
            add(index, 1, 500, 100);
            index.seal(1_000);
            index.writeSealed();
            bodies = QueueEnds.before(index, 200, 200);
            assertThat(bodies).hasSize(1);
            index.forget("T", 2_000);
            add(index, 1, 0, 3_000);
            index.seal(4_000);
            index.writeSealed();
        }
        try (QueueIndex index = open("q", 0, 5_000)) {
            QueueEnds.apply(index, bodies.get(0), 1_500);
            assertThat(bounds(index, 1)).containsExactly(0L, 1L);
        }
    }

    private QueueIndex open(String name, long logMin, long logEnd) throws IOException {
        return QueueIndex.open(new SystemDisk(), directory.resolve(name), logMin, logEnd, 1 << 20);
    }

    private static void add(QueueIndex index, int queueId, long offset, long position) {
        IndexedQueue queue = index.queue("T", queueId);
        index.add(queue, offset, position, 10, 0);
        index.publish(queue, queue.nextOffset());
    }

    private static List<Long> bounds(QueueIndex index, int queueId) {
        IndexedQueue queue = index.queue("T", queueId);
        return List.of(queue.minOffset(), queue.maxOffset());
    }
}
