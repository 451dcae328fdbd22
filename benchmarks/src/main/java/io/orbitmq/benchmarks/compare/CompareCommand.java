package io.orbitmq.benchmarks.compare;

import io.orbitmq.benchmarks.load.LoadGenerator;
import io.orbitmq.benchmarks.load.LoadResult;
import io.orbitmq.benchmarks.process.OfficialServer;
import io.orbitmq.benchmarks.process.OrbitServer;
import io.orbitmq.benchmarks.process.ProcessUsage;
import io.orbitmq.benchmarks.process.ServerUnderTest;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.foundation.time.SystemClock;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the servers in turn, runs every workload, prints medians and ratios. */
@Command(name = "compare", description = "Measures OrbitMQ against the official server, side by side.")
public final class CompareCommand implements Callable<Integer> {

    @Option(names = "--launcher", description = "our launcher", defaultValue = "bin/orbitmq")
    private Path launcher;

    @Option(
            names = "--official",
            description = "directory of the official jars",
            defaultValue = "compat/official/server-5.3.3/target/jars")
    private Path official;

    @Option(names = "--rounds", description = "rounds a server", defaultValue = "3")
    private int rounds;

    @Option(names = "--seconds", description = "measured time of a send workload", defaultValue = "4")
    private int seconds;

    @Option(names = "--only", description = "run workloads whose name contains this", defaultValue = "")
    private String only;

    @Option(names = "--ours", description = "leave the official server out")
    private boolean oursAlone;

    @Option(names = "--heap", description = "our heap", defaultValue = "256m")
    private String heap;

    @Option(names = "--official-heap", description = "the official broker's heap", defaultValue = "2g")
    private String officialHeap;

    @Option(names = "--json", description = "file for the figures as JSON")
    private Path json;

    private final Clock clock = new SystemClock();
    private final PrintStream out = System.out;

    public static void main(String[] arguments) {
        int status = new CommandLine(new CompareCommand()).execute(arguments);
        Runtime.getRuntime().halt(status);
    }

    @Override
    public Integer call() throws IOException {
        List<ServerUnderTest.Starter> starters = new ArrayList<>();
        starters.add(OrbitServer.starter(clock, launcher, heap));
        if (!oursAlone) {
            starters.add(OfficialServer.starter(clock, official, officialHeap));
        }
        Map<String, List<Measurement>> results = new LinkedHashMap<>();
        for (Workload workload : Workload.all(Duration.ofSeconds(seconds))) {
            if (workload.name().contains(only)) {
                results.put(workload.name(), medians(workload, starters));
            }
        }
        List<String> names =
                starters.stream().map(ServerUnderTest.Starter::name).toList();
        out.println();
        out.print(ResultTable.markdown(names, results));
        if (json != null) {
            Files.writeString(json, ResultTable.json(names, results), StandardCharsets.UTF_8);
        }
        return 0;
    }

    private List<Measurement> medians(Workload workload, List<ServerUnderTest.Starter> starters) throws IOException {
        List<List<Measurement>> measured = new ArrayList<>();
        starters.forEach(starter -> measured.add(new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < starters.size(); i++) {
                measured.get(i).add(measure(workload, starters.get(i), round));
            }
        }
        return measured.stream().map(Measurement::median).toList();
    }

    private Measurement measure(Workload workload, ServerUnderTest.Starter starter, int round) throws IOException {
        try (ServerUnderTest server = starter.start(workload.flush())) {
            LoadGenerator load = new LoadGenerator(clock, server.broker());
            double idleMiB = server.usage().residentBytes() / (double) (1 << 20);
            workload.warmUp().run(load);
            ProcessUsage before = server.usage();
            LoadResult result = workload.measured().run(load);
            Measurement measurement = Measurement.of(result, before, server.usage());
            out.printf(
                    "%s | %s | round %d | ready %d ms | idle %.0f MiB | %,.0f/s | p50 %.0f us | p99 %.0f us | %.2f us CPU"
                            + " | refused %.0f%n",
                    workload.name(),
                    starter.name(),
                    round + 1,
                    server.readyAfterMs(),
                    idleMiB,
                    measurement.messagesPerSecond(),
                    measurement.p50Micros(),
                    measurement.p99Micros(),
                    measurement.cpuMicros(),
                    measurement.refused());
            return measurement;
        }
    }
}
