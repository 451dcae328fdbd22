package io.orbitmq.store.index;

import io.orbitmq.foundation.file.SystemDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/**
 * Measures the queue index alone, by hand: arguments are the directory, topics, queues per topic, and additions. Prints
 * creation, additions per second (seals and merges included), memory, run files and the time of a restart.
 */
final class ManyQueues {

    private static final int RECORD_BYTES = 300;
    private static final long MEMTABLE_BYTES = 16 << 20;

    private ManyQueues() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        int topics = Integer.parseInt(arguments[1]);
        int queuesPerTopic = Integer.parseInt(arguments[2]);
        int additions = Integer.parseInt(arguments[3]);
        long start = System.nanoTime();
        QueueIndex index = QueueIndex.open(new SystemDisk(), directory, 0, 0, MEMTABLE_BYTES);
        IndexedQueue[] queues = new IndexedQueue[topics * queuesPerTopic];
        for (int i = 0; i < queues.length; i++) {
            queues[i] = index.queue("some-topic-of-a-tenant-" + i / queuesPerTopic, i % queuesPerTopic);
        }
        System.out.printf("created queues=%d ms=%d%n", queues.length, msSince(start));
        start = System.nanoTime();
        long position = add(index, queues, additions);
        long ms = msSince(start);
        System.out.printf("added entries=%d ms=%d perSecond=%d%n", additions, ms, additions * 1000L / ms);
        index.seal(position);
        index.writeSealed();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
                "heapUsedMiB=%d runs=%d%n", runtime.totalMemory() - runtime.freeMemory() >> 20, index.runCount());
        index.close();
        start = System.nanoTime();
        index = QueueIndex.open(new SystemDisk(), directory, 0, position, MEMTABLE_BYTES);
        System.out.printf("restart ms=%d queues=%d damage=%s%n", msSince(start), index.queueCount(), index.damage());
        read(index, queues, additions);
        start = System.nanoTime();
        index.trim(position / 2);
        System.out.printf("trim of half the log ms=%d runs=%d%n", msSince(start), index.runCount());
        index.close();
    }

    private static long add(QueueIndex index, IndexedQueue[] queues, int additions) throws IOException {
        Random random = new Random(1);
        long position = 0;
        for (int i = 0; i < additions; i++) {
            IndexedQueue queue = queues[i < queues.length ? i : random.nextInt(queues.length)];
            long offset = queue.nextOffset();
            index.add(queue, offset, position, RECORD_BYTES, i);
            index.publish(queue, offset + 1);
            position += RECORD_BYTES;
            if ((i & 1023) == 0 && index.wantsSeal()) {
                index.seal(position);
                index.writeSealed();
                while (index.merge()) {
                    Thread.onSpinWait();
                }
            }
        }
        return position;
    }

    private static void read(QueueIndex index, IndexedQueue[] queues, int additions) throws IOException {
        Random random = new Random(2);
        int reads = Math.min(additions, 100_000);
        long start = System.nanoTime();
        long entries = 0;
        for (int i = 0; i < reads; i++) {
            IndexedQueue queue = queues[random.nextInt(queues.length)];
            IndexedQueue opened = index.queue(queue.topic(), queue.queueId());
            EntryCursor cursor = index.entries(opened, random.nextLong(opened.maxOffset()));
            for (int n = 0; n < 32 && cursor.next(); n++) {
                entries++;
            }
        }
        System.out.printf("random reads=%d entries=%d us each=%d%n", reads, entries, msSince(start) * 1000 / reads);
    }

    private static long msSince(long startNanos) {
        return (System.nanoTime() - startNanos) / 1_000_000;
    }
}
