package io.orbitmq.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.benchmarks.load.Waiting;
import io.orbitmq.benchmarks.process.ServerUnderTest;
import io.orbitmq.benchmarks.process.ServerUnderTest.Flush;
import io.orbitmq.testkit.SimulatedClock;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ComparisonTest {

    private final List<String> steps = new ArrayList<>();
    private final Comparison comparison =
            new Comparison(server("ours"), Optional.of(server("official")), Optional.of(server("floor")), 2);

    @Test
    void preparesTheMachineBeforeEveryStartAndTurnsTheOrder() throws IOException {
        run(workload("idle", false));

        assertThat(steps)
                .containsExactly("fill", "ours", "fill", "official", "fill", "official", "fill", "ours", "report 1");
    }

    @Test
    void runsTheFloorWithWhatItCanAnswer() throws IOException {
        run(workload("sends", true), workload("idle", false));

        assertThat(steps.stream().filter("floor"::equals)).hasSize(2);
        assertThat(steps).contains("report 1").endsWith("report 2");
    }

    @Test
    void estimatesItsTimeFromTheStartsOfServers() {
        RunPlan plan = new RunPlan(new SimulatedClock(), Duration.ofSeconds(20), Duration.ofSeconds(6), Waiting.SLEEP);

        Duration estimate = comparison.estimate(plan, List.of(workload("sends", true), workload("idle", false)));

        assertThat(estimate).isBetween(Duration.ofSeconds(10 * 26), Duration.ofSeconds(10 * 56));
    }

    private void run(Workload... workloads) throws IOException {
        comparison.run(
                List.of(workloads),
                Map.of(),
                () -> steps.add("fill"),
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                report -> steps.add("report " + report.rows().size()));
    }

    private static Workload workload(String name, boolean onFloor) {
        return new Workload(
                name, Flush.ASYNC_FLUSH, server -> new Measurement(Map.of(), List.of()), List.of(), onFloor);
    }

    /** Breaks at once: what counts here is when it is started. */
    private ServerUnderTest.Starter server(String name) {
        return new ServerUnderTest.Starter() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void prepare() {
                // Nothing to build.
            }

            @Override
            public ServerUnderTest start(Flush flush) throws IOException {
                steps.add(name);
                throw new IOException("not started");
            }
        };
    }
}
