package io.orbitmq.benchmarks.compare;

import io.orbitmq.benchmarks.load.LoadGenerator;
import io.orbitmq.benchmarks.load.LoadResult;
import io.orbitmq.benchmarks.process.ServerUnderTest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Laps of a run's own load before it is measured: for the time of the plan at least, and on until the server has stopped
 * getting cheaper. What is looked at is CPU time a message, because it falls with every load while the server's compiler is at
 * work, even where the rate is given.
 */
final class WarmUp {

    /** So many laps are compared with as many before them. */
    private static final int COMPARED_LAPS = 3;
    /** Steady: no more than a twentieth cheaper. */
    private static final double STEADY = 0.95;

    private final List<Double> cpuNanosAMessage = new ArrayList<>();

    private WarmUp() {}

    /** Runs laps; returns how long it took. */
    static Duration run(RunPlan plan, ServerUnderTest server, LoadGenerator load, RawExperiment.Lap lap)
            throws IOException {
        WarmUp laps = new WarmUp();
        long begin = plan.clock().nanos();
        Duration took = Duration.ZERO;
        while (took.compareTo(plan.warmTime()) < 0 || !laps.areSteady() && took.compareTo(plan.mostWarmTime()) < 0) {
            long before = server.usage().cpuNanos();
            LoadResult result = lap.run(load, plan.lapTime());
            laps.add(server.usage().cpuNanos() - before, result.messages());
            took = Duration.ofNanos(plan.clock().nanos() - begin);
        }
        return took;
    }

    private void add(long cpuNanos, long messages) {
        cpuNanosAMessage.add((double) cpuNanos / Math.max(1, messages));
    }

    private boolean areSteady() {
        return isSteady(cpuNanosAMessage);
    }

    /** Whether the last laps were not much cheaper than those before them; never with too few laps. */
    static boolean isSteady(List<Double> costs) {
        int laps = costs.size();
        if (laps < 2 * COMPARED_LAPS) {
            return false;
        }
        double last = sum(costs.subList(laps - COMPARED_LAPS, laps));
        double before = sum(costs.subList(laps - 2 * COMPARED_LAPS, laps - COMPARED_LAPS));
        return last >= STEADY * before;
    }

    private static double sum(List<Double> costs) {
        return costs.stream().mapToDouble(Double::doubleValue).sum();
    }
}
