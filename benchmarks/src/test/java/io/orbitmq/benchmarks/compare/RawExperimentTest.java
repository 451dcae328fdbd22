package io.orbitmq.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.benchmarks.floor.FloorServer;
import io.orbitmq.benchmarks.load.LoadGenerator;
import io.orbitmq.benchmarks.load.LoadGenerator.SendShape;
import io.orbitmq.benchmarks.load.Waiting;
import io.orbitmq.benchmarks.process.ProcessUsage;
import io.orbitmq.benchmarks.process.ServerUnderTest;
import io.orbitmq.benchmarks.process.StartTimes;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.foundation.time.SystemClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against the floor, which counts what it is sent. */
final class RawExperimentTest {

    private static final Clock CLOCK = new SystemClock();
    private static final RunPlan SHORT =
            new RunPlan(CLOCK, Duration.ofMillis(8), Duration.ofMillis(100), Waiting.SLEEP);
    private static final SendShape SINGLE = new SendShape(1, 1, 128, 1);
    private static final RawExperiment.Lap SENDS =
            (load, time) -> load.fill("Topic", 2, new SendShape(2, 16, 128, 1), 500);

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private FloorServer floor;

    @BeforeEach
    void start() throws IOException {
        floor = new FloorServer(0);
        thread.submit(() -> {
            floor.run();
            return null;
        });
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        thread.shutdownNow();
        assertThat(thread.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        floor.close();
    }

    @Test
    void measuresSends() throws IOException {
        Measurement measurement = run(load -> load.fill("Topic", 2, SINGLE, 10), SENDS);

        assertThat(measurement.faults()).isEmpty();
        assertThat(measurement.get(Figure.MESSAGES_PER_SECOND)).isPositive();
        assertThat(measurement.get(Figure.P99_MICROS)).isGreaterThanOrEqualTo(measurement.get(Figure.P50_MICROS));
        assertThat(measurement.get(Figure.REFUSED)).isZero();
    }

    @Test
    void measuresADrainOfBatches() throws IOException {
        Measurement measurement = run(
                load -> load.fill("Drained", 8, new SendShape(2, 4, 128, 32), 10_000),
                (load, time) -> load.drain("Drained", 8, 2, time));

        assertThat(measurement.faults()).isEmpty();
        assertThat(measurement.get(Figure.MESSAGES_PER_SECOND)).isPositive();
    }

    @Test
    void measuresAnOpenLoop() throws IOException {
        Measurement measurement = run(load -> {}, (load, time) -> load.deliver("Pushed", 2_000, time));

        assertThat(measurement.faults()).isEmpty();
        assertThat(measurement.get(Figure.P50_MICROS)).isPositive();
    }

    @Test
    void flagsARunWhoseQueuesHoldMoreThanWasAcknowledged() throws IOException {
        LoadGenerator other = new LoadGenerator(CLOCK, floor.address());

        Measurement measurement = run(load -> other.fill("Topic", 2, SINGLE, 10), SENDS);

        assertThat(measurement.isValid()).isFalse();
        assertThat(measurement.faults()).singleElement().asString().contains("messages, the queues hold");
    }

    private Measurement run(RawExperiment.Step prepare, RawExperiment.Lap lap) throws IOException {
        return new RawExperiment(SHORT, prepare, lap, lap).run(new FloorUnderTest(floor.address()));
    }

    private record FloorUnderTest(InetSocketAddress broker) implements ServerUnderTest {

        @Override
        public String nameserver() {
            return "";
        }

        @Override
        public ProcessUsage usage() throws IOException {
            return ProcessUsage.of(ProcessHandle.current().pid());
        }

        @Override
        public StartTimes startTimes() {
            return new StartTimes(0, 0);
        }

        @Override
        public void close() {
            // The test owns it.
        }
    }
}
