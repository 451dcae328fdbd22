package io.orbitmq.benchmarks.load;

import org.HdrHistogram.Histogram;

/**
 * What one run measured.
 *
 * @param messages messages moved
 * @param elapsedNanos measured time
 * @param latencyNanos from the intended time to the answer (or to receipt)
 * @param refused answers other than success
 * @param misplaced messages that came twice, in the wrong place or not at all; only where messages are received
 */
public record LoadResult(long messages, long elapsedNanos, Histogram latencyNanos, long refused, long misplaced) {

    /** Both runs as one. */
    public LoadResult and(LoadResult other) {
        Histogram latencies = latencyNanos.copy();
        latencies.add(other.latencyNanos);
        return new LoadResult(
                messages + other.messages,
                elapsedNanos + other.elapsedNanos,
                latencies,
                refused + other.refused,
                misplaced + other.misplaced);
    }

    public double messagesPerSecond() {
        return messages * 1e9 / elapsedNanos;
    }

    public double p50Micros() {
        return latencyNanos.getValueAtPercentile(50) / 1000.0;
    }

    public double p99Micros() {
        return latencyNanos.getValueAtPercentile(99) / 1000.0;
    }
}
