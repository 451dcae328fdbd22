package io.orbitmq.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.benchmarks.floor.FloorServer;
import io.orbitmq.benchmarks.load.LoadGenerator.SendShape;
import io.orbitmq.benchmarks.load.Waiting;
import io.orbitmq.benchmarks.process.ProcessUsage;
import io.orbitmq.benchmarks.process.ServerUnderTest;
import io.orbitmq.benchmarks.process.StartTimes;
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

/** The floor answers everything and keeps nothing: what a benchmark must not fall for. */
final class RawExperimentTest {

    private static final RawExperiment SENDS = new RawExperiment(
            new RunPlan(new SystemClock(), Duration.ofNanos(1), Duration.ofNanos(1), Waiting.SLEEP),
            load -> load.fill("Topic", 2, new SendShape(1, 1, 128, 1), 10),
            (load, time) -> load.fill("Topic", 2, new SendShape(1, 1, 128, 1), 10),
            (load, time) -> load.fill("Topic", 2, new SendShape(2, 16, 128, 1), 500));

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
    void measuresAServerThatIsNotAskedForWhatItStored() throws IOException {
        Measurement measurement = SENDS.run(new FloorUnderTest(floor.address(), false));

        assertThat(measurement.faults()).isEmpty();
        assertThat(measurement.get(Figure.MESSAGES_PER_SECOND)).isPositive();
        assertThat(measurement.get(Figure.P99_MICROS)).isGreaterThanOrEqualTo(measurement.get(Figure.P50_MICROS));
        assertThat(measurement.get(Figure.REFUSED)).isZero();
    }

    @Test
    void flagsARunWhoseMessagesAreNotThere() throws IOException {
        Measurement measurement = SENDS.run(new FloorUnderTest(floor.address(), true));

        assertThat(measurement.isValid()).isFalse();
        assertThat(measurement.faults()).singleElement().asString().contains("acknowledged 520 messages");
    }

    private record FloorUnderTest(InetSocketAddress broker, boolean stores) implements ServerUnderTest {

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
