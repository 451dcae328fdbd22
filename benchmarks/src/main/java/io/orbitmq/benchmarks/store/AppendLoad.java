package io.orbitmq.benchmarks.store;

import io.orbitmq.foundation.time.Clock;
import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore;
import io.orbitmq.store.ReadRequest;
import io.orbitmq.store.StoreConfig.FlushMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * What an append costs: one thread appends to queues that lie anywhere, a turn is 32 messages. Arguments: an empty directory,
 * topics, queues per topic, messages, bytes of a body, ASYNC_FLUSH or SYNC_FLUSH. The messages are appended in five laps, the
 * first of which warms up and visits every queue. Then: heap in use, a restart, random reads.
 */
public final class AppendLoad {

    static final int TURN = 32;
    static final int LAPS = 5;

    private static final int READS = 20_000;
    private static final long SEGMENT_BYTES = 1L << 28;
    private static final double MS = 1e6;

    private final Clock clock = new SystemClock();
    private final MessageStore store;
    /**
     * In an order that has nothing to do with where they lie, and the first of it once more at the end. A turn is for
     * neighbours here, from a random place on: so what is measured is the store, and not waiting for this list.
     */
    private final List<LogQueue> order;

    private final int queueCount;
    private final DraftSource drafts;
    private final SplittableRandom random = new SplittableRandom(1);

    private AppendLoad(MessageStore store, List<LogQueue> queues, int bodyBytes) {
        this.store = store;
        this.queueCount = queues.size();
        this.order = new ArrayList<>(queues);
        Collections.shuffle(order, new Random(2));
        for (int i = 0; i < TURN; i++) {
            order.add(order.get(i));
        }
        this.drafts = new DraftSource(bodyBytes, 0);
    }

    /** Runs the measurement; see the class. */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        int topics = Integer.parseInt(arguments[1]);
        int perTopic = Integer.parseInt(arguments[2]);
        int messages = Integer.parseInt(arguments[3]);
        int bodyBytes = Integer.parseInt(arguments[4]);
        FlushMode mode = FlushMode.valueOf(arguments[5]);
        Clock clock = new SystemClock();
        try (MeasuredStore measured = new MeasuredStore(root, mode, SEGMENT_BYTES)) {
            long start = clock.nanos();
            List<LogQueue> queues = new ArrayList<>(topics * perTopic);
            for (int i = 0; i < topics * perTopic; i++) {
                queues.add(measured.store().queue(topic(i / perTopic), i % perTopic));
            }
            System.out.printf("created queues=%d ms=%.0f%n", queues.size(), (clock.nanos() - start) / MS);
            new AppendLoad(measured.store(), queues, bodyBytes).laps(messages / LAPS);
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            System.out.printf("heap usedMiB=%d%n", runtime.totalMemory() - runtime.freeMemory() >> 20);
        }
        long start = clock.nanos();
        try (MeasuredStore measured = new MeasuredStore(root, mode, SEGMENT_BYTES)) {
            System.out.printf(
                    "restart ms=%.0f queues=%d%n",
                    (clock.nanos() - start) / MS, measured.store().status().queues());
            read(measured.store(), clock, topics, perTopic);
        }
    }

    /** Up to 32 messages from anywhere in a random queue. */
    private static void read(MessageStore store, Clock clock, int topics, int perTopic) {
        SplittableRandom random = new SplittableRandom(3);
        long[] records = new long[1];
        long start = clock.nanos();
        for (int i = 0; i < READS; i++) {
            LogQueue queue = store.queue(topic(random.nextInt(topics)), random.nextInt(perTopic));
            if (queue.maxOffset() > 0) {
                long offset = random.nextLong(queue.maxOffset());
                store.read(
                        queue,
                        new ReadRequest(offset, TURN, 1 << 18, 1000, ReadRequest.RecordFilter.ALL, false),
                        record -> records[0]++);
            }
        }
        System.out.printf(
                "reads=%d records=%d usEach=%.1f%n", READS, records[0], (clock.nanos() - start) / 1e3 / READS);
    }

    private static String topic(int number) {
        return "some-topic-of-a-tenant-" + number;
    }

    private void laps(int messages) {
        for (int lap = 0; lap < LAPS; lap++) {
            Usage before = Usage.now();
            long bytesBefore = store.status().appendedBytes();
            long start = clock.nanos();
            append(lap * messages, messages);
            double wallNanos = clock.nanos() - start;
            Usage used = Usage.now().since(before);
            System.out.printf(
                    "lap=%d messages=%d perSecond=%.0f wallNs=%.0f threadCpuNs=%.0f threadUserNs=%.0f processCpuNs=%.0f allocatedBytes=%.1f"
                            + " writtenPerLogByte=%.2f%n",
                    lap,
                    messages,
                    messages * 1e9 / wallNanos,
                    wallNanos / messages,
                    (double) used.threadNanos() / messages,
                    (double) used.threadUserNanos() / messages,
                    (double) used.processNanos() / messages,
                    (double) used.threadBytes() / messages,
                    (double) used.writtenBytes() / (store.status().appendedBytes() - bytesBefore));
        }
    }

    private void append(int from, int messages) {
        for (int i = from; i < from + messages; i += TURN) {
            int size = Math.min(TURN, from + messages - i);
            List<LogQueue> turn = turn(i, size);
            store.expectAppends(turn);
            for (int k = 0; k < size; k++) {
                while (!(store.append(turn.get(k), drafts.next()) instanceof Appended)) {
                    store.endTurn();
                    LockSupport.parkNanos(100_000);
                }
            }
            store.endTurn();
        }
    }

    private List<LogQueue> turn(int message, int size) {
        int at = message < queueCount ? message : random.nextInt(queueCount);
        return order.subList(at, at + size);
    }
}
