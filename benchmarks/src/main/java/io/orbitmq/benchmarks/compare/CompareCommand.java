package io.orbitmq.benchmarks.compare;

import io.orbitmq.benchmarks.process.FloorProcess;
import io.orbitmq.benchmarks.process.OfficialServer;
import io.orbitmq.benchmarks.process.OrbitServer;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the servers in turn, runs every workload, prints medians, ratios and aims. Exit code 1: a run was invalid. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = "Measures OrbitMQ against the official server, side by side.")
public final class CompareCommand implements Callable<Integer> {

    @Option(names = "--launcher", description = "our launcher", defaultValue = "bin/orbitmq")
    private Path launcher;

    @Option(
            names = "--official",
            description = "directory of the official jars",
            defaultValue = "compat/official/server-5.3.3/target/jars")
    private Path official;

    @Option(
            names = "--client",
            description = "directory of the official client's jars",
            defaultValue = "compat/official/client-5.3.3/target/jars")
    private Path client;

    @Option(names = "--data", description = "directory for the servers' data", defaultValue = "/tmp")
    private Path scratch;

    @Option(names = "--rounds", description = "rounds a server", defaultValue = "3")
    private int rounds;

    @Option(names = "--seconds", description = "measured time of a send workload", defaultValue = "4")
    private int seconds;

    @Option(names = "--warm-seconds", description = "time a workload warms the server before", defaultValue = "6")
    private int warmSeconds;

    @Option(names = "--idle-seconds", description = "measured time without load", defaultValue = "10")
    private int idleSeconds;

    @Option(names = "--wide-topics", description = "topics of the row with many queues", defaultValue = "2000")
    private int wideTopics;

    @Option(names = "--quick", description = "one round, one second: does it work?")
    private boolean quick;

    @Option(names = "--only", description = "run workloads whose name contains this; may be given again")
    private List<String> only = List.of();

    @Option(names = "--skip", description = "leave out workloads whose name contains this; may be given again")
    private List<String> skip = List.of();

    @Option(names = "--ours", description = "leave the official server out")
    private boolean oursAlone;

    @Option(names = "--no-floor", description = "leave the floor out")
    private boolean withoutFloor;

    @Option(names = "--heap", description = "our heap", defaultValue = "256m")
    private String heap;

    @Option(names = "--official-heap", description = "the official broker's heap", defaultValue = "2g")
    private String officialHeap;

    @Option(names = "--json", description = "file for the figures as JSON")
    private Path json;

    @Option(names = "--markdown", description = "file for the tables")
    private Path markdown;

    private final Clock clock = new SystemClock();
    private final PrintStream out = System.out;

    public static void main(String[] arguments) {
        int status = new CommandLine(new CompareCommand()).execute(arguments);
        System.out.flush();
        Runtime.getRuntime().halt(status);
    }

    @Override
    public Integer call() throws IOException {
        if (quick) {
            rounds = 1;
            seconds = 1;
            warmSeconds = 1;
            idleSeconds = 2;
        }
        ServerUnderTest.Starter ours = OrbitServer.starter(clock, launcher, heap, scratch);
        ServerUnderTest.Starter theirs = OfficialServer.starter(clock, official, officialHeap, scratch);
        ServerUnderTest.Starter floor = FloorProcess.starter(clock);
        List<ServerUnderTest.Starter> starters = oursAlone ? List.of(ours) : List.of(ours, theirs);
        for (ServerUnderTest.Starter starter : starters) {
            starter.prepare();
        }
        Series series = new Series(starters, rounds, out);
        Map<String, String> machine = Machine.describe(clock, scratch);
        List<Row> rows = new ArrayList<>();
        Report report = new Report(machine, ours.name(), theirs.name(), rows);
        for (Workload workload : workloads()) {
            boolean onFloor = workload.onFloor() && !withoutFloor;
            rows.add(series.run(workload, onFloor ? List.of(floor) : List.of()));
            report = new Report(machine, ours.name(), theirs.name(), List.copyOf(rows));
            write(report);
        }
        out.println();
        out.print(ResultTable.markdown(report));
        return report.isValid() ? 0 : 1;
    }

    /** After every row, so that a long run that is interrupted leaves what it had. */
    private void write(Report report) throws IOException {
        if (json != null) {
            Files.writeString(json, report.json(), StandardCharsets.UTF_8);
        }
        if (markdown != null) {
            Files.writeString(markdown, ResultTable.markdown(report), StandardCharsets.UTF_8);
        }
    }

    private List<Workload> workloads() {
        Duration time = Duration.ofSeconds(seconds);
        Duration warmTime = Duration.ofSeconds(warmSeconds);
        List<Workload> rows =
                new ArrayList<>(new Workloads(clock, warmTime, time, wideTopics).all(Duration.ofSeconds(idleSeconds)));
        rows.addAll(new ClientWorkloads(clock, client, scratch, warmTime, time).all());
        return rows.stream()
                .filter(row -> only.isEmpty()
                        || only.stream().anyMatch(part -> row.name().contains(part)))
                .filter(row -> skip.stream().noneMatch(part -> row.name().contains(part)))
                .toList();
    }
}
