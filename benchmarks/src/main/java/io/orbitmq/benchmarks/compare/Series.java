package io.orbitmq.benchmarks.compare;

import io.orbitmq.benchmarks.process.ProcessUsage;
import io.orbitmq.benchmarks.process.ServerUnderTest;
import io.orbitmq.benchmarks.process.StartTimes;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs a workload on every server in turn, several rounds, each on a server started for it. */
final class Series {

    private static final double MIB = 1 << 20;

    private final List<ServerUnderTest.Starter> starters;
    private final int rounds;
    private final Preparation beforeStart;
    private final PrintStream out;

    /**
     * @param beforeStart brings the machine into the same state before each start of a server
     * @param out gets a line a run
     */
    Series(List<ServerUnderTest.Starter> starters, int rounds, Preparation beforeStart, PrintStream out) {
        this.starters = List.copyOf(starters);
        this.rounds = rounds;
        this.beforeStart = beforeStart;
        this.out = out;
    }

    /** @param more takes part in this row only, after the others */
    Row run(Workload workload, List<ServerUnderTest.Starter> more) throws IOException {
        List<ServerUnderTest.Starter> servers = new ArrayList<>(starters);
        servers.addAll(more);
        Map<String, List<Measurement>> measured = new LinkedHashMap<>();
        servers.forEach(starter -> measured.put(starter.name(), new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            List<ServerUnderTest.Starter> turn = new ArrayList<>(servers);
            if (round % 2 == 1) {
                Collections.reverse(turn);
            }
            for (ServerUnderTest.Starter starter : turn) {
                beforeStart.run();
                Measurement measurement = measure(workload, starter);
                measured.get(starter.name()).add(measurement);
                tell(workload.name() + " | " + starter.name() + " | round " + (round + 1), measurement);
            }
        }
        return new Row(workload, measured);
    }

    /** A run that breaks is one invalid run; the others go on. */
    private static Measurement measure(Workload workload, ServerUnderTest.Starter starter) {
        try (ServerUnderTest server = starter.start(workload.flush())) {
            ProcessUsage idle = server.usage();
            StartTimes times = server.startTimes();
            return workload.experiment()
                    .run(server)
                    .with(Map.of(
                            Figure.READY_MS,
                            times.readyMs(),
                            Figure.FIRST_ACCEPTED_MS,
                            times.firstAcceptedMs(),
                            Figure.IDLE_RESIDENT_MIB,
                            idle.residentBytes() / MIB,
                            Figure.IDLE_ANONYMOUS_MIB,
                            idle.anonymousBytes() / MIB));
        } catch (IOException e) {
            return new Measurement(Map.of(), List.of("did not finish: " + e.getMessage()));
        }
    }

    private void tell(String run, Measurement m) {
        StringBuilder line = new StringBuilder(run);
        append(line, m, Figure.READY_MS, "ready %.0f ms");
        append(line, m, Figure.FIRST_ACCEPTED_MS, "first message %.0f ms");
        append(line, m, Figure.IDLE_ANONYMOUS_MIB, "idle %.0f MiB anonymous");
        append(line, m, Figure.IDLE_CORE_PERCENT, "idle CPU %.2f %%");
        append(line, m, Figure.WARM_SECONDS, "warmed %.0f s");
        append(line, m, Figure.MESSAGES_PER_SECOND, "%,.0f/s");
        append(line, m, Figure.P50_MICROS, "p50 %.0f us");
        append(line, m, Figure.P99_MICROS, "p99 %.0f us");
        append(line, m, Figure.CPU_MICROS, "%.2f us CPU");
        append(line, m, Figure.GENERATOR_CORE_PERCENT, "generator %.0f %% of a core");
        append(line, m, Figure.REFUSED, "refused %.0f");
        m.faults().forEach(fault -> line.append(" | INVALID: ").append(fault));
        out.println(line);
    }

    private static void append(StringBuilder line, Measurement m, Figure figure, String format) {
        if (m.has(figure)) {
            line.append(" | ").append(String.format(Locale.ROOT, format, m.get(figure)));
        }
    }

    /** What is done before each start. */
    interface Preparation {
        void run() throws IOException;
    }
}
