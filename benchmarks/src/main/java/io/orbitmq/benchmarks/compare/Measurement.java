package io.orbitmq.benchmarks.compare;

import io.orbitmq.benchmarks.load.LoadResult;
import io.orbitmq.benchmarks.process.ProcessUsage;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One workload on one server, once.
 *
 * @param messagesPerSecond throughput
 * @param p50Micros median latency
 * @param p99Micros 99th percentile
 * @param cpuMicros CPU time of the broker's process a message
 * @param residentMiB resident memory after the run
 * @param anonymousMiB resident memory that no file backs
 * @param refused requests refused
 */
record Measurement(
        double messagesPerSecond,
        double p50Micros,
        double p99Micros,
        double cpuMicros,
        double residentMiB,
        double anonymousMiB,
        double refused) {

    private static final double MIB = 1 << 20;

    static Measurement of(LoadResult result, ProcessUsage before, ProcessUsage after) {
        return new Measurement(
                result.messagesPerSecond(),
                result.p50Micros(),
                result.p99Micros(),
                (after.cpuNanos() - before.cpuNanos()) / 1000.0 / Math.max(1, result.messages()),
                after.residentBytes() / MIB,
                after.anonymousBytes() / MIB,
                result.refused());
    }

    /** The median of every figure. */
    static Measurement median(List<Measurement> rounds) {
        return new Measurement(
                median(rounds, Measurement::messagesPerSecond),
                median(rounds, Measurement::p50Micros),
                median(rounds, Measurement::p99Micros),
                median(rounds, Measurement::cpuMicros),
                median(rounds, Measurement::residentMiB),
                median(rounds, Measurement::anonymousMiB),
                median(rounds, Measurement::refused));
    }

    private static double median(List<Measurement> rounds, ToDoubleFunction<Measurement> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
