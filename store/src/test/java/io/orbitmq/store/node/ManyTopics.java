package io.orbitmq.store.node;

import com.sun.management.OperatingSystemMXBean;
import io.orbitmq.foundation.file.SystemDisk;
import io.orbitmq.foundation.schedule.SystemScheduler;
import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.protocol.message.HostAddress;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore;
import io.orbitmq.store.ReadRequest;
import io.orbitmq.store.StoreConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Measures a whole store with many topics, by hand: arguments are the directory, topics, queues per topic, messages and
 * bytes of a body. One thread appends to random queues, a turn is 32 messages. Prints what it took and a restart.
 */
final class ManyTopics {

    private static final int TURN = 32;
    private static final HostAddress HOST = HostAddress.of(new InetSocketAddress("127.0.0.1", 10911));

    private ManyTopics() {}

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        int topics = Integer.parseInt(arguments[1]);
        int perTopic = Integer.parseInt(arguments[2]);
        int messages = Integer.parseInt(arguments[3]);
        int bodyBytes = Integer.parseInt(arguments[4]);
        StoreConfig config = config(root);
        try (SystemScheduler scheduler = new SystemScheduler("upkeep")) {
            try (MessageStore store = open(config, scheduler)) {
                LogQueue[] queues = create(store, topics, perTopic);
                append(store, queues, messages, bodyBytes);
                System.gc();
                Runtime runtime = Runtime.getRuntime();
                System.out.printf(
                        "heapUsedMiB=%d queues=%d%n",
                        runtime.totalMemory() - runtime.freeMemory() >> 20,
                        store.status().queues());
            }
            long start = System.nanoTime();
            try (MessageStore store = open(config, scheduler)) {
                System.out.printf(
                        "restart ms=%d queues=%d%n",
                        msSince(start), store.status().queues());
                read(store, topics, perTopic);
            }
        }
    }

    private static LogQueue[] create(MessageStore store, int topics, int perTopic) {
        long start = System.nanoTime();
        LogQueue[] queues = new LogQueue[topics * perTopic];
        for (int i = 0; i < queues.length; i++) {
            queues[i] = store.queue("some-topic-of-a-tenant-" + i / perTopic, i % perTopic);
        }
        System.out.printf("created queues=%d ms=%d%n", queues.length, msSince(start));
        return queues;
    }

    private static void append(MessageStore store, LogQueue[] queues, int messages, int bodyBytes) {
        Random random = new Random(1);
        ByteBuffer body = ByteBuffer.wrap(new byte[bodyBytes]);
        long start = System.nanoTime();
        long lap = start;
        for (int i = 0; i < messages; i++) {
            byte[] properties = ("UNIQ_KEY\1" + "0A0B0C0D0E0F0102030405060708" + Integer.toHexString(i) + "\2TAGS\1a\2")
                    .getBytes(StandardCharsets.US_ASCII);
            MessageDraft draft =
                    new MessageDraft(0, 0, 1, HOST, HOST, 0, 0, body.duplicate(), ByteBuffer.wrap(properties));
            LogQueue queue = queues[i < queues.length ? i : random.nextInt(queues.length)];
            while (!(store.append(queue, draft) instanceof Appended)) {
                store.endTurn();
                Thread.onSpinWait();
            }
            if (i % TURN == 0) {
                store.endTurn();
            }
            if (i % (messages / 5) == messages / 5 - 1) {
                System.out.printf("  %d perSecond=%d%n", i + 1, messages / 5 * 1000L / Math.max(1, msSince(lap)));
                lap = System.nanoTime();
            }
        }
        store.endTurn();
        long ms = msSince(start);
        System.out.printf("appended messages=%d ms=%d perSecond=%d%n", messages, ms, messages * 1000L / ms);
        long mine = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1_000_000;
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        System.out.printf("cpu appendingThreadMs=%d processMs=%d%n", mine, system.getProcessCpuTime() / 1_000_000);
    }

    private static void read(MessageStore store, int topics, int perTopic) {
        Random random = new Random(3);
        long start = System.nanoTime();
        long[] count = new long[1];
        int reads = 20_000;
        for (int i = 0; i < reads; i++) {
            LogQueue queue = store.queue("some-topic-of-a-tenant-" + random.nextInt(topics), random.nextInt(perTopic));
            if (queue.maxOffset() > 0) {
                ReadRequest request = new ReadRequest(
                        random.nextLong(queue.maxOffset()), 32, 1 << 18, 1000, ReadRequest.RecordFilter.ALL, false);
                store.read(queue, request, record -> count[0]++);
            }
        }
        System.out.printf("reads=%d records=%d us each=%d%n", reads, count[0], msSince(start) * 1000 / reads);
    }

    private static MessageStore open(StoreConfig config, SystemScheduler scheduler) throws IOException {
        return LocalMessageStore.open(config, List.of(), new SystemDisk(), new SystemClock(), scheduler);
    }

    private static StoreConfig config(Path root) {
        StoreConfig defaults = StoreConfig.defaults(root);
        return new StoreConfig(
                root,
                defaults.commitLogDirectory(),
                1 << 28,
                StoreConfig.FlushMode.ASYNC_FLUSH,
                Duration.ofMillis(500),
                defaults.syncFlushTimeout(),
                1 << 20,
                defaults.retention(),
                defaults.deleteHours(),
                defaults.diskMaxUsedPercent(),
                defaults.diskCleanForciblyPercent(),
                defaults.diskRefusePercent(),
                defaults.cleanForcibly(),
                true,
                defaults.checkpointInterval());
    }

    private static long msSince(long startNanos) {
        return (System.nanoTime() - startNanos) / 1_000_000;
    }
}
