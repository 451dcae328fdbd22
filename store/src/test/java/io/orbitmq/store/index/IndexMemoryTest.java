package io.orbitmq.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.orbitmq.foundation.file.SystemDisk;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the index allocates, counted by the virtual machine for this thread. */
final class IndexMemoryTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private Path directory;

    @Test
    void aQueueCostsLittleHoweverManyThereAre() throws IOException {
        int topics = 50_000;
        String[] names = new String[topics];
        for (int i = 0; i < topics; i++) {
            names[i] = "topic-" + i;
        }
        try (QueueIndex index = QueueIndex.open(new SystemDisk(), directory, 0, 0, 1 << 20)) {
            long before = allocated();
            for (String name : names) {
                for (int queueId = 0; queueId < 4; queueId++) {
                    index.queue(name, queueId);
                }
            }
            long perQueue = (allocated() - before) / (topics * 4L);

            assertThat(perQueue)
                    .as("bytes per queue, topic and tables included")
                    .isLessThan(180);
        }
    }

    @Test
    void aQueueIsOneObjectOfNinetySixBytes() throws IOException {
        int queues = 200_000;
        try (QueueIndex index = QueueIndex.open(new SystemDisk(), directory, 0, 0, 1 << 20)) {
            index.queue("T", queues * 4);
            long before = allocated();
            for (int i = 0; i < queues; i++) {
                index.queue("T", i);
            }
            long perQueue = (allocated() - before) / queues;

            assertThat(perQueue).as("bytes per queue, growing tables included").isLessThan(132);
        }
    }

    @Test
    void anEntryAllocatesNothingButItsPlaceInTheMemtable() throws IOException {
        int entries = 1_000_000;
        try (QueueIndex index = QueueIndex.open(new SystemDisk(), directory, 0, 0, Long.MAX_VALUE)) {
            IndexedQueue[] queues = new IndexedQueue[8];
            for (int i = 0; i < queues.length; i++) {
                queues[i] = index.queue("T", i);
            }
            long before = allocated();
            for (int i = 0; i < entries; i++) {
                IndexedQueue queue = queues[i & 7];
                index.add(queue, i >>> 3, i * 100L, 100, i);
                index.publish(queue, i >>> 3);
            }
            double perEntry = (double) (allocated() - before) / entries;

            assertThat(perEntry).as("bytes per entry, 20 of them its content").isLessThan(22);
        }
    }

    @Test
    void aKeyAllocatesNothingButItsPlaceInTheMemtable() throws IOException {
        int records = 200_000;
        byte[] properties = "UNIQ_KEY\0010123456789ABCDEF0123456789ABCDEF\2KEYS\1order-1 order-2\2"
                .getBytes(StandardCharsets.UTF_8);
        ByteBuffer record = ByteBuffer.wrap(properties);
        try (QueueIndex index = QueueIndex.open(new SystemDisk(), directory.resolve("q"), 0, 0, 1 << 20);
                KeyIndex keys = KeyIndex.open(new SystemDisk(), directory.resolve("k"), 0, 0, Long.MAX_VALUE)) {
            IndexedQueue queue = index.queue("T", 0);
            IndexedProperties scan = new IndexedProperties();
            long before = allocated();
            for (int i = 0; i < records; i++) {
                keys.add(queue, scan.over(record, 0, properties.length), i * 100L, 1_795_000_000_000L);
            }
            double perKey = (double) (allocated() - before) / (records * 3);

            assertThat(perKey).as("bytes per key, 20 of them its content").isLessThan(26);
        }
    }

    @Test
    void memtablesUseTheMemoryOfThoseThatAreInTheFiles() throws IOException {
        int rounds = 10;
        try (QueueIndex index = QueueIndex.open(new SystemDisk(), directory, 0, 0, 1 << 20)) {
            fillAndSeal(index, 3);
            long before = allocated();
            fillAndSeal(index, rounds);
            long perRound = (allocated() - before) / rounds;

            assertThat(perRound).as("bytes for a memtable of 1 MiB").isLessThan(300_000);
        }
    }

    @Test
    void noMemoryIsUsedAgainWhileSomebodyMayReadInIt() throws IOException {
        try (QueueIndex index = QueueIndex.open(new SystemDisk(), directory, 0, 0, 1 << 20)) {
            fillAndSeal(index, 1);
            try (EntryCursor cursor = index.entries(index.queue("T", 0), 16)) {
                for (int offset = 16; offset < 30; offset++) {
                    assertThat(cursor.next()).isTrue();
                    assertThat(cursor.offset()).isEqualTo(offset);
                    assertThat(cursor.position()).isEqualTo(offset * 100_000L);
                    fillAndSeal(index, 1);
                }
            }
        }
    }

    private static void fillAndSeal(QueueIndex index, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            while (!index.wantsSeal()) {
                for (int queueId = 0; queueId < 1000; queueId++) {
                    IndexedQueue queue = index.queue("T", queueId);
                    long offset = queue.nextOffset();
                    index.add(queue, offset, (offset * 1000 + queueId) * 100, 100, offset);
                    index.publish(queue, offset + 1);
                }
            }
            index.seal(index.queue("T", 0).nextOffset() * 100_000);
            index.writeSealed();
        }
    }

    private static long allocated() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }
}
