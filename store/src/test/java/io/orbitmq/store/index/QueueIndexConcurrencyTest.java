package io.orbitmq.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.foundation.file.SystemDisk;
import io.orbitmq.testkit.Dice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One thread adds and seals, one writes and merges and trims, two read: nothing visible is ever missing or wrong. */
final class QueueIndexConcurrencyTest {

    private static final int QUEUES = 50;
    private static final int ADDITIONS = 1_000_000;
    private static final int SEAL_EVERY = 10_000;

    @TempDir
    private Path directory;

    private volatile boolean writing = true;
    private volatile long trimmedTo;

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void readersSeeEveryVisibleEntryWhileFilesComeAndGo() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (QueueIndex index = QueueIndex.open(new SystemDisk(), directory, 0, 0, 1 << 20)) {
            for (int i = 0; i < QUEUES; i++) {
                index.queue("T", i);
            }
            Future<Void> writer = threads.submit(() -> write(index));
            Future<Void> files = threads.submit(() -> moveFiles(index));
            Future<Long> first = threads.submit(reader(index, 1));
            Future<Long> second = threads.submit(reader(index, 2));
            writer.get();
            files.get();
            assertThat(first.get() + second.get()).isPositive();
            assertThat(index.damage()).isEmpty();
        } finally {
            threads.shutdownNow();
        }
    }

    private Void write(QueueIndex index) {
        try {
            for (int i = 0; i < ADDITIONS; i++) {
                IndexedQueue queue = index.queue("T", i % QUEUES);
                long offset = queue.nextOffset();
                index.add(queue, offset, position(i), i % QUEUES + 1, offset * QUEUES);
                index.publish(queue, offset + 1);
                if (i % SEAL_EVERY == SEAL_EVERY - 1) {
                    index.seal(position(i + 1));
                }
            }
        } finally {
            writing = false;
        }
        return null;
    }

    private Void moveFiles(QueueIndex index) throws IOException {
        while (writing) {
            index.writeSealed();
            index.merge();
            long keepFrom = index.indexedEnd() - position(SEAL_EVERY * 10);
            if (keepFrom > trimmedTo) {
                index.trim(keepFrom);
                trimmedTo = keepFrom;
            }
        }
        return null;
    }

    private Callable<Long> reader(QueueIndex index, long seed) {
        Random random = Dice.of(seed);
        return () -> {
            long read = 0;
            while (writing) {
                IndexedQueue queue = index.queue("T", random.nextInt(QUEUES));
                long max = queue.maxOffset();
                long min = queue.minOffset();
                long from = min + (max > min ? random.nextLong(max - min) : 0);
                long expected = -1;
                try (EntryCursor cursor = index.entries(queue, from)) {
                    for (int i = 0; i < 100 && cursor.next(); i++) {
                        if (expected >= 0 && cursor.offset() != expected) {
                            assertThat(expected)
                                    .as("skipped entries were trimmed")
                                    .isLessThan(queue.minOffset());
                        }
                        assertThat(cursor.tagsCode()).isEqualTo(cursor.offset() * QUEUES);
                        assertThat(cursor.position()).isEqualTo(position(cursor.offset() * QUEUES + queue.queueId()));
                        assertThat(cursor.sizeBytes()).isEqualTo(queue.queueId() + 1);
                        expected = cursor.offset() + 1;
                        read++;
                    }
                }
                if (expected < 0 && max > from) {
                    assertThat(queue.minOffset())
                            .as("empty only because trimmed")
                            .isGreaterThanOrEqualTo(max);
                }
            }
            return read;
        };
    }

    private static long position(long addition) {
        return addition * 100;
    }
}
