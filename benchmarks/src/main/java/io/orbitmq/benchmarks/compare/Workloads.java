package io.orbitmq.benchmarks.compare;

import io.orbitmq.benchmarks.load.LoadGenerator.SendShape;
import io.orbitmq.benchmarks.load.LoadResult;
import io.orbitmq.benchmarks.load.Waiting;
import io.orbitmq.benchmarks.process.ServerUnderTest.Flush;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The rows of raw frames, in the order they are run; docs/benchmarks.md says what each is. */
final class Workloads {

    private static final String EIGHT_QUEUES = "BenchmarkEight";
    private static final String FEW_QUEUES_ROW = "8 queues, 2 x 64, 128 B";
    private static final int DRAIN_MESSAGES = 600_000;
    private static final double DELIVERY_RATE = 2_000;
    /** Half of each lap is faster, so that compilers have settled when the measured time begins. */
    private static final double WARM_DELIVERY_RATE = 8_000;

    private static final Duration SETTLE = Duration.ofSeconds(10);

    private final RunPlan plan;
    private final int wideTopics;

    /** @param wideTopics topics of the row with many queues */
    Workloads(RunPlan plan, int wideTopics) {
        this.plan = plan;
        this.wideTopics = wideTopics;
    }

    List<Workload> all(Duration idleTime) {
        List<Workload> rows = new ArrayList<>();
        rows.add(new Workload(
                "idle",
                Flush.ASYNC_FLUSH,
                new IdleExperiment(plan.clock(), SETTLE, idleTime),
                Aims.ofIdleServer(),
                false));
        rows.add(send(
                "1 connection, 1 in flight, 128 B",
                Flush.ASYNC_FLUSH,
                new SendShape(1, 1, 128, 1),
                Aims.ofOneInFlight()));
        rows.add(polledSend());
        rows.add(send(
                "16 connections, 1 in flight, 128 B",
                Flush.ASYNC_FLUSH,
                new SendShape(16, 1, 128, 1),
                Aims.ofSixteenConnections()));
        rows.add(send(
                "4 connections, 64 in flight, 128 B",
                Flush.ASYNC_FLUSH,
                new SendShape(4, 64, 128, 1),
                Aims.ofFullPipes()));
        rows.add(send(
                "4 connections, 64 in flight, 1 KiB",
                Flush.ASYNC_FLUSH,
                new SendShape(4, 64, 1024, 1),
                Aims.notWorse()));
        rows.add(send("batches of 32 x 128 B", Flush.ASYNC_FLUSH, new SendShape(4, 8, 128, 32), Aims.ofBatches()));
        rows.add(drain());
        rows.add(delivery());
        rows.add(send(FEW_QUEUES_ROW, Flush.ASYNC_FLUSH, new SendShape(2, 64, 128, 1), Aims.notWorse()));
        rows.add(wide());
        rows.add(send("SYNC_FLUSH 1 x 1", Flush.SYNC_FLUSH, new SendShape(1, 1, 128, 1), Aims.notWorse()));
        rows.add(send("SYNC_FLUSH 16 x 1", Flush.SYNC_FLUSH, new SendShape(16, 1, 128, 1), Aims.ofSixteenDurable()));
        rows.add(send("SYNC_FLUSH 4 x 64", Flush.SYNC_FLUSH, new SendShape(4, 64, 128, 1), Aims.ofFullPipesDurable()));
        return rows;
    }

    private Workload send(String name, Flush flush, SendShape shape, List<Aim> aims) {
        RawExperiment experiment = sends(plan, List.of(EIGHT_QUEUES), 8, shape);
        return new Workload(name, flush, experiment, aims, flush == Flush.ASYNC_FLUSH);
    }

    /** One request at a time is mostly two threads waking each other; here the generator's wake-up is left out. */
    private Workload polledSend() {
        RawExperiment experiment =
                sends(plan.with(Waiting.POLL), List.of(EIGHT_QUEUES), 8, new SendShape(1, 1, 128, 1));
        return new Workload(
                "1 connection, 1 in flight, generator polls",
                Flush.ASYNC_FLUSH,
                experiment,
                Aims.ofOneInFlight(),
                true);
    }

    private static RawExperiment sends(RunPlan plan, List<String> topics, int queues, SendShape shape) {
        RawExperiment.Lap lap = (load, time) -> load.closedLoop(topics, queues, shape, time);
        return new RawExperiment(plan, load -> load.createTopics(topics, queues), lap, lap);
    }

    private Workload drain() {
        String topic = "BenchmarkDrain";
        String warm = "BenchmarkDrainWarm";
        SendShape shape = new SendShape(4, 8, 128, 32);
        RawExperiment experiment = new RawExperiment(
                plan,
                load -> {
                    load.createTopics(List.of(topic, warm), 8);
                    load.fill(warm, 8, shape, DRAIN_MESSAGES);
                    load.fill(topic, 8, shape, DRAIN_MESSAGES);
                    load.storedCount(); // waits until all can be pulled
                },
                (load, time) -> load.drain(warm, 8, 2, time),
                (load, time) -> load.drain(topic, 8, 2, time));
        return new Workload("drain by pull, 32 a pull, 8 queues", Flush.ASYNC_FLUSH, experiment, Aims.ofDrain(), true);
    }

    private Workload delivery() {
        String topic = "BenchmarkPush";
        RawExperiment experiment = new RawExperiment(
                plan,
                load -> load.createTopics(List.of(topic), 1),
                (load, time) -> {
                    Duration half = time.dividedBy(2);
                    LoadResult fast = load.deliver(topic, WARM_DELIVERY_RATE, half);
                    return load.deliver(topic, DELIVERY_RATE, half).and(fast);
                },
                (load, time) -> load.deliver(topic, DELIVERY_RATE, time));
        return new Workload(
                "2,000/s open loop, send to receive", Flush.ASYNC_FLUSH, experiment, Aims.ofDelivery(), true);
    }

    private Workload wide() {
        List<String> topics = new ArrayList<>();
        for (int i = 0; i < wideTopics; i++) {
            topics.add(String.format(Locale.ROOT, "BenchmarkWide%06d", i));
        }
        return new Workload(
                String.format(Locale.ROOT, "%,d topics x 4 queues, 2 x 64", wideTopics),
                Flush.ASYNC_FLUSH,
                sends(plan, topics, 4, new SendShape(2, 64, 128, 1)),
                Aims.ofManyQueues(FEW_QUEUES_ROW),
                true);
    }
}
