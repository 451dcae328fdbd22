package io.orbitmq.benchmarks.store;

import io.orbitmq.foundation.time.Clock;
import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore;
import io.orbitmq.store.ReadRequest;
import io.orbitmq.store.StoreConfig.FlushMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Reads of queues: in order and at random, from the page cache and from the disk, and what reads from the disk do to
 * appends. Arguments: an empty directory, MiB of log, bytes of a body. "Cold" empties the machine's page cache, for which
 * Linux wants root; without it those lines are left out.
 */
public final class QueueReadLoad {

    private static final long SEGMENT_BYTES = 1L << 28;
    private static final int QUEUES = 16;
    private static final int BATCH = 32;
    private static final int RANDOM_READS = 20_000;
    private static final int COLD_RANDOM_READS = 2_000;
    private static final int TURN = 32;
    private static final long APPEND_NANOS = 5_000_000_000L;
    private static final Path DROP_CACHES = Path.of("/proc/sys/vm/drop_caches");

    private final Clock clock = new SystemClock();
    private final MessageStore store;
    private final LogQueue[] queues = new LogQueue[QUEUES];
    private final DraftSource drafts;
    private long records;

    private QueueReadLoad(MessageStore store, int bodyBytes) {
        this.store = store;
        this.drafts = new DraftSource(bodyBytes, 0);
        for (int i = 0; i < QUEUES; i++) {
            queues[i] = store.queue("topic", i);
        }
    }

    /** Runs the measurement; see the class. */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        try (MeasuredStore measured = new MeasuredStore(root, FlushMode.ASYNC_FLUSH, SEGMENT_BYTES)) {
            new QueueReadLoad(measured.store(), Integer.parseInt(arguments[2])).run(Long.parseLong(arguments[1]) << 20);
        }
    }

    private void run(long logBytes) throws IOException {
        fill(logBytes);
        sequential("sequential-hot");
        sequential("sequential-hot");
        random("random-hot", RANDOM_READS);
        random("random-hot", RANDOM_READS);
        appends("appends-alone", false);
        if (!Files.isWritable(DROP_CACHES)) {
            System.out.println("cold=skipped reason=\"" + DROP_CACHES + " is not writable\"");
            return;
        }
        dropCaches();
        sequential("sequential-cold");
        dropCaches();
        random("random-cold", COLD_RANDOM_READS);
        dropCaches();
        appends("appends-beside-cold-reads", true);
    }

    private void fill(long logBytes) {
        long end = 0;
        for (int i = 0; end < logBytes; i++) {
            if (store.append(queues[i % QUEUES], drafts.next()) instanceof Appended appended) {
                end = appended.endPosition();
            }
            if (i % TURN == 0) {
                store.endTurn();
            }
        }
        store.endTurn();
    }

    private static void dropCaches() throws IOException {
        Files.writeString(DROP_CACHES, "1");
    }

    private void sequential(String name) {
        Usage before = Usage.now();
        long start = clock.nanos();
        records = 0;
        for (LogQueue queue : queues) {
            long end = queue.maxOffset();
            for (long offset = 0; offset < end; offset += BATCH) {
                read(queue, offset);
            }
        }
        print(name, clock.nanos() - start, Usage.now().since(before), (records + BATCH - 1) / BATCH);
    }

    private void random(String name, int reads) {
        SplittableRandom random = new SplittableRandom(5);
        Usage before = Usage.now();
        long start = clock.nanos();
        records = 0;
        for (int i = 0; i < reads; i++) {
            LogQueue queue = queues[random.nextInt(QUEUES)];
            read(queue, random.nextLong(queue.maxOffset() - BATCH));
        }
        print(name, clock.nanos() - start, Usage.now().since(before), reads);
    }

    private void read(LogQueue queue, long offset) {
        ReadRequest request = new ReadRequest(offset, BATCH, 1 << 20, 1000, ReadRequest.RecordFilter.ALL, false);
        store.read(queue, request, record -> records++);
    }

    private void print(String name, double nanos, Usage used, long reads) {
        System.out.printf(
                "%s reads=%d records=%d usPerRead=%.1f recordsPerSecond=%.0f cpuNsPerRecord=%.0f%n",
                name,
                reads,
                records,
                nanos / 1e3 / reads,
                records * 1e9 / nanos,
                (double) used.threadNanos() / records);
    }

    /** Appends at a steady pace and notes how long each turn takes; beside it another thread reads at random. */
    private void appends(String name, boolean withReads) {
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService reader = Executors.newSingleThreadExecutor();
        if (withReads) {
            reader.execute(() -> readUntil(stop));
        }
        Histogram turns = new Histogram(3);
        long end = clock.nanos() + APPEND_NANOS;
        while (clock.nanos() < end) {
            long start = clock.nanos();
            for (int i = 0; i < TURN; i++) {
                store.append(queues[i % QUEUES], drafts.next());
            }
            store.endTurn();
            turns.recordValue(clock.nanos() - start);
            LockSupport.parkNanos(500_000);
        }
        stop.set(true);
        reader.shutdown();
        System.out.printf(
                "%s turns=%d p50Us=%.0f p99Us=%.0f p999Us=%.0f maxUs=%.0f%n",
                name,
                turns.getTotalCount(),
                turns.getValueAtPercentile(50) / 1e3,
                turns.getValueAtPercentile(99) / 1e3,
                turns.getValueAtPercentile(99.9) / 1e3,
                turns.getMaxValue() / 1e3);
    }

    private void readUntil(AtomicBoolean stop) {
        SplittableRandom random = new SplittableRandom(6);
        while (!stop.get()) {
            LogQueue queue = queues[random.nextInt(QUEUES)];
            read(queue, random.nextLong(queue.maxOffset() - BATCH));
        }
    }
}
