package io.orbitmq.benchmarks.compare;

import io.orbitmq.benchmarks.load.LoadGenerator;
import io.orbitmq.benchmarks.load.LoadGenerator.SendShape;
import io.orbitmq.benchmarks.load.LoadResult;
import io.orbitmq.benchmarks.process.ServerUnderTest.Flush;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One row of the table.
 *
 * @param name as printed
 * @param flush flush mode of the server
 * @param warmUp prepares topics and warms the server; not measured
 * @param measured what is measured
 */
record Workload(String name, Flush flush, Step warmUp, MeasuredStep measured) {

    private static final String EIGHT_QUEUES = "BenchmarkEight";
    private static final long DRAIN_MESSAGES = 600_000;
    private static final int WIDE_TOPICS = 2_000;

    /** All rows, in the order they are run. */
    static List<Workload> all(Duration time) {
        List<Workload> rows = new ArrayList<>();
        rows.add(send("1 connection, 1 in flight, 128 B", Flush.ASYNC_FLUSH, new SendShape(1, 1, 128, 1), time));
        rows.add(send("16 connections, 1 in flight, 128 B", Flush.ASYNC_FLUSH, new SendShape(16, 1, 128, 1), time));
        rows.add(send("4 connections, 64 in flight, 128 B", Flush.ASYNC_FLUSH, new SendShape(4, 64, 128, 1), time));
        rows.add(send("4 connections, 64 in flight, 1 KiB", Flush.ASYNC_FLUSH, new SendShape(4, 64, 1024, 1), time));
        rows.add(send("batches of 32 x 128 B", Flush.ASYNC_FLUSH, new SendShape(4, 8, 128, 32), time));
        rows.add(drain());
        rows.add(delivery(time));
        rows.add(wide(time));
        rows.add(send("SYNC_FLUSH 1 x 1", Flush.SYNC_FLUSH, new SendShape(1, 1, 128, 1), time));
        rows.add(send("SYNC_FLUSH 16 x 1", Flush.SYNC_FLUSH, new SendShape(16, 1, 128, 1), time));
        rows.add(send("SYNC_FLUSH 4 x 64", Flush.SYNC_FLUSH, new SendShape(4, 64, 128, 1), time));
        return rows;
    }

    private static Workload send(String name, Flush flush, SendShape shape, Duration time) {
        return new Workload(
                name,
                flush,
                load -> {
                    load.createTopics(List.of(EIGHT_QUEUES), 8);
                    load.closedLoop(List.of(EIGHT_QUEUES), 8, shape, time.dividedBy(2));
                },
                load -> load.closedLoop(List.of(EIGHT_QUEUES), 8, shape, time));
    }

    private static Workload drain() {
        String topic = "BenchmarkDrain";
        return new Workload(
                "drain by pull, 32 a pull, 8 queues",
                Flush.ASYNC_FLUSH,
                load -> {
                    load.createTopics(List.of(topic), 8);
                    long sent = 0;
                    while (sent < DRAIN_MESSAGES) {
                        sent += load.closedLoop(List.of(topic), 8, new SendShape(4, 8, 128, 32), Duration.ofMillis(500))
                                .messages();
                    }
                },
                load -> load.drain(topic, 8, 2, DRAIN_MESSAGES));
    }

    private static Workload delivery(Duration time) {
        return new Workload(
                "2,000/s open loop, send to receive",
                Flush.ASYNC_FLUSH,
                load -> {
                    load.createTopics(List.of("BenchmarkPush", "BenchmarkPushWarm"), 1);
                    load.deliver("BenchmarkPushWarm", 2_000, time.dividedBy(2));
                },
                load -> load.deliver("BenchmarkPush", 2_000, time));
    }

    private static Workload wide(Duration time) {
        List<String> topics = new ArrayList<>();
        for (int i = 0; i < WIDE_TOPICS; i++) {
            topics.add("BenchmarkWide" + i);
        }
        SendShape shape = new SendShape(2, 64, 128, 1);
        return new Workload(
                "2,000 topics x 4 queues, 2 x 64",
                Flush.ASYNC_FLUSH,
                load -> {
                    load.createTopics(topics, 4);
                    load.closedLoop(topics, 4, shape, time.dividedBy(2));
                },
                load -> load.closedLoop(topics, 4, shape, time));
    }

    /** Prepares. */
    interface Step {
        void run(LoadGenerator load) throws IOException;
    }

    /** Measures. */
    interface MeasuredStep {
        LoadResult run(LoadGenerator load) throws IOException;
    }
}
