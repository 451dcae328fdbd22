package io.orbitmq.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.benchmarks.load.LoadGenerator;
import io.orbitmq.benchmarks.load.LoadResult;
import io.orbitmq.benchmarks.load.Waiting;
import io.orbitmq.benchmarks.process.ProcessUsage;
import io.orbitmq.benchmarks.process.ServerUnderTest;
import io.orbitmq.benchmarks.process.StartTimes;
import io.orbitmq.testkit.SimulatedClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class WarmUpTest {

    private static final Duration LEAST = Duration.ofSeconds(16);

    private final SimulatedClock clock = new SimulatedClock();
    private long laps;

    @Test
    void endsAfterItsTimeWhenTheServerIsSteady() throws IOException {
        assertThat(warm(lap -> 50)).isEqualTo(LEAST);
        assertThat(laps).isEqualTo(8);
    }

    @Test
    void goesOnWhileTheServerGetsCheaper() throws IOException {
        // Five laps of compiling, then steady: three laps are compared with the three before them.
        assertThat(warm(lap -> Math.max(20, 120 - 20 * lap))).isEqualTo(Duration.ofSeconds(22));
    }

    @Test
    void endsAtItsLimitWhateverTheServerDoes() throws IOException {
        assertThat(warm(lap -> 1_000_000 >> lap)).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void callsTooFewLapsNotSteady() {
        assertThat(WarmUp.isSteady(List.of(1.0, 1.0, 1.0, 1.0, 1.0))).isFalse();
        assertThat(WarmUp.isSteady(List.of(1.0, 1.0, 1.0, 1.0, 1.0, 1.0))).isTrue();
    }

    /** @param cpuMicros CPU time of a message by the number of laps before */
    private Duration warm(LongUnaryOperator cpuMicros) throws IOException {
        Server server = new Server();
        RunPlan plan = new RunPlan(clock, LEAST, Duration.ofSeconds(6), Waiting.SLEEP);
        LoadGenerator load = new LoadGenerator(clock, server.broker());
        return WarmUp.run(plan, server, load, (generator, time) -> {
            clock.advance(time);
            server.cpuNanos += 1_000 * cpuMicros.applyAsLong(laps++) * 1_000;
            return new LoadResult(1_000, time.toNanos(), new Histogram(3), 0, 0);
        });
    }

    private static final class Server implements ServerUnderTest {

        private long cpuNanos;

        @Override
        public InetSocketAddress broker() {
            return InetSocketAddress.createUnresolved("nowhere", 1);
        }

        @Override
        public String nameserver() {
            return "";
        }

        @Override
        public ProcessUsage usage() {
            return new ProcessUsage(cpuNanos, 0, 0);
        }

        @Override
        public StartTimes startTimes() {
            return new StartTimes(0, 0);
        }

        @Override
        public void close() {
            // Nothing runs.
        }
    }
}
