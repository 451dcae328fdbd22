package io.orbitmq.benchmarks.compare;

import io.orbitmq.benchmarks.load.LoadGenerator;
import io.orbitmq.benchmarks.load.LoadResult;
import io.orbitmq.benchmarks.load.StoredCount;
import io.orbitmq.benchmarks.process.ProcessUsage;
import io.orbitmq.benchmarks.process.ServerUnderTest;
import io.orbitmq.foundation.time.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Load of raw frames. A run is invalid when anything was refused, when a message was lost, repeated or out of place, or
 * when the ends of the queues do not add up to what was acknowledged.
 *
 * @param prepare makes topics and what is in them
 * @param warming what warms the server, lap by lap
 * @param measured what is measured
 */
record RawExperiment(RunPlan plan, Step prepare, Lap warming, Lap measured) implements Experiment {

    private static final double SECOND_NANOS = 1e9;

    @Override
    public Measurement run(ServerUnderTest server) throws IOException {
        Clock clock = plan.clock();
        LoadGenerator load = new LoadGenerator(clock, server.broker(), plan.waiting());
        long own = ProcessHandle.current().pid();
        prepare.run(load);
        Duration warmTime = WarmUp.run(plan, server, load, warming);
        ProcessUsage before = server.usage();
        long ownBefore = ProcessUsage.of(own).cpuNanos();
        long start = clock.nanos();
        LoadResult result = measured.run(load, plan.time());
        long elapsed = clock.nanos() - start;
        long ownAfter = ProcessUsage.of(own).cpuNanos();
        Span span = new Span(new Span.Pair(before, server.usage()), ownAfter - ownBefore, elapsed);
        List<String> faults = faults(result);
        StoredCount count = load.storedCount();
        if (!count.isEqual()) {
            faults.add("acknowledged " + count.acknowledged() + " messages, the queues hold " + count.stored());
        }
        return new Measurement(
                        Map.of(
                                Figure.MESSAGES_PER_SECOND, result.messagesPerSecond(),
                                Figure.P50_MICROS, result.p50Micros(),
                                Figure.P99_MICROS, result.p99Micros(),
                                Figure.REFUSED, (double) result.refused(),
                                Figure.WARM_SECONDS, warmTime.toNanos() / SECOND_NANOS),
                        faults)
                .with(span.figures(result.messages()));
    }

    private static List<String> faults(LoadResult result) {
        List<String> faults = new ArrayList<>();
        if (result.refused() > 0) {
            faults.add("refused " + result.refused() + " requests");
        }
        if (result.misplaced() > 0) {
            faults.add(result.misplaced() + " messages lost, repeated or out of place");
        }
        return faults;
    }

    /** Prepares. */
    interface Step {
        void run(LoadGenerator load) throws IOException;
    }

    /** Makes load for a while. */
    interface Lap {
        LoadResult run(LoadGenerator load, Duration time) throws IOException;
    }
}
