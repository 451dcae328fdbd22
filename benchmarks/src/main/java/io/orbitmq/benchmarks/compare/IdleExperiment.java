package io.orbitmq.benchmarks.compare;

import io.orbitmq.benchmarks.process.ProcessUsage;
import io.orbitmq.benchmarks.process.ServerUnderTest;
import io.orbitmq.foundation.time.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Nothing at all: what a server costs that nobody uses.
 *
 * @param settle time after the start that is not measured
 * @param time how long CPU time is counted
 */
record IdleExperiment(Clock clock, Duration settle, Duration time) implements Experiment {

    @Override
    public Measurement run(ServerUnderTest server) throws IOException {
        pause(settle);
        ProcessUsage before = server.usage();
        long start = clock.nanos();
        pause(time);
        long cpuNanos = server.usage().cpuNanos() - before.cpuNanos();
        return new Measurement(Map.of(Figure.IDLE_CORE_PERCENT, 100.0 * cpuNanos / (clock.nanos() - start)), List.of());
    }

    private void pause(Duration length) {
        long end = clock.nanos() + length.toNanos();
        for (long left = length.toNanos(); left > 0; left = end - clock.nanos()) {
            LockSupport.parkNanos(left);
        }
    }
}
