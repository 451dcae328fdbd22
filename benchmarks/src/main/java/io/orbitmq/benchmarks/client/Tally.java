package io.orbitmq.benchmarks.client;

import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Counts of one phase; any thread. */
final class Tally {

    private final Histogram latency = new ConcurrentHistogram(60_000_000_000L, 3);
    private final LongAdder done = new LongAdder();
    private final LongAdder failed = new LongAdder();

    void done(long latencyNanos) {
        latency.recordValue(Math.max(0, latencyNanos));
        done.increment();
    }

    void failed() {
        failed.increment();
    }

    long count() {
        return done.sum();
    }

    /** The line that {@link ClientRun} reads: messages, failures, time, p50 and p99 in nanoseconds. */
    String line(long elapsedNanos) {
        return done.sum() + " " + failed.sum() + " " + elapsedNanos + " " + latency.getValueAtPercentile(50) + " "
                + latency.getValueAtPercentile(99);
    }
}
