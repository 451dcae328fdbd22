package io.orbitmq.benchmarks.compare;

import io.orbitmq.benchmarks.load.Waiting;
import io.orbitmq.benchmarks.process.FloorProcess;
import io.orbitmq.benchmarks.process.PageCacheFill;
import io.orbitmq.benchmarks.process.ServerOptions;
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
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the servers in turn, runs every workload, prints medians, ratios and aims. Exit code 1: a run was invalid. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = "Measures OrbitMQ against the official server, side by side.")
public final class CompareCommand implements Callable<Integer> {

    @Mixin
    private ServerOptions servers;

    @Option(
            names = "--client",
            description = "directory of the official client's jars",
            defaultValue = "compat/official/client-5.3.3/target/jars")
    private Path client;

    @Option(names = "--rounds", description = "rounds a server", defaultValue = "3")
    private int rounds;

    @Option(names = "--seconds", description = "measured time of a run", defaultValue = "6")
    private int seconds;

    @Option(
            names = "--warm-seconds",
            description =
                    "time a workload warms the server before, at least; up to 2.5 times as long until it is steady",
            defaultValue = "16")
    private int warmSeconds;

    @Option(names = "--idle-seconds", description = "measured time without load", defaultValue = "10")
    private int idleSeconds;

    @Option(names = "--wide-topics", description = "topics of the row with many queues", defaultValue = "2000")
    private int wideTopics;

    @Option(names = "--quick", description = "one round, one second, memory as it is: does it work?")
    private boolean quick;

    @Option(names = "--only", description = "run workloads whose name contains this; may be given again")
    private List<String> only = List.of();

    @Option(names = "--skip", description = "leave out workloads whose name contains this; may be given again")
    private List<String> skip = List.of();

    @Option(names = "--ours", description = "leave the official server out")
    private boolean oursAlone;

    @Option(names = "--no-floor", description = "leave the floor out")
    private boolean withoutFloor;

    @Option(names = "--no-fill", description = "leave free memory free: do not fill it with page cache before a start")
    private boolean withoutFill;

    @Option(names = "--poll", description = "the generator polls its sockets and never sleeps: a core of its own")
    private boolean polling;

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
            withoutFill = true;
        }
        RunPlan plan = new RunPlan(
                clock,
                Duration.ofSeconds(warmSeconds),
                Duration.ofSeconds(seconds),
                polling ? Waiting.POLL : Waiting.SLEEP);
        Comparison comparison = new Comparison(
                servers.ours(clock),
                oursAlone ? Optional.empty() : Optional.of(servers.official(clock)),
                withoutFloor ? Optional.empty() : Optional.of(FloorProcess.starter(clock)),
                rounds);
        comparison.prepare();
        List<Workload> workloads = workloads(plan);
        long minutes = comparison.estimate(plan, workloads).toMinutes();
        out.println("This will take about " + (minutes + 1) + " minutes.");
        Report report;
        try (PageCacheFill fill = PageCacheFill.in(servers.scratch())) {
            report = comparison.run(workloads, conditions(plan, fill), beforeStart(fill), out, this::write);
        }
        out.println();
        out.print(ResultTable.markdown(report));
        return report.isValid() ? 0 : 1;
    }

    private Series.Preparation beforeStart(PageCacheFill fill) {
        return withoutFill ? () -> {} : fill::fill;
    }

    private Map<String, String> conditions(RunPlan plan, PageCacheFill fill) throws IOException {
        Map<String, String> conditions = Machine.describe(clock, servers.scratch());
        String filled = fill.isPossible() ? "filled with page cache before each start" : "not filled: unknown here";
        conditions.put("free memory", withoutFill ? "not filled" : filled);
        conditions.put("generator", polling ? "polls" : "sleeps while it waits");
        conditions.put(
                "warm-up",
                plan.warmTime().toSeconds() + " to " + plan.mostWarmTime().toSeconds() + " s, until steady");
        conditions.put("measured", plan.time().toSeconds() + " s");
        conditions.put("rounds", String.valueOf(rounds));
        return conditions;
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

    private List<Workload> workloads(RunPlan plan) {
        List<Workload> rows = new ArrayList<>(new Workloads(plan, wideTopics).all(Duration.ofSeconds(idleSeconds)));
        rows.addAll(new ClientWorkloads(plan, client, servers.scratch()).all());
        return rows.stream()
                .filter(row -> only.isEmpty()
                        || only.stream().anyMatch(part -> row.name().contains(part)))
                .filter(row -> skip.stream().noneMatch(part -> row.name().contains(part)))
                .toList();
    }
}
