package io.orbitmq.benchmarks.compare;

import io.orbitmq.benchmarks.process.ServerUnderTest;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All workloads on all servers.
 *
 * @param ours always run
 * @param official empty to leave it out
 * @param floor empty to leave it out; run with the workloads that it can answer
 * @param rounds how often each workload is run on each server
 */
record Comparison(
        ServerUnderTest.Starter ours,
        Optional<ServerUnderTest.Starter> official,
        Optional<ServerUnderTest.Starter> floor,
        int rounds) {

    /** Filling memory, starting, preparing topics, comparing the ends of queues, stopping and deleting: a mean. */
    private static final Duration AROUND_A_RUN = Duration.ofSeconds(12);

    /** Builds or checks what the starts need. */
    void prepare() throws IOException {
        for (ServerUnderTest.Starter starter : compared()) {
            starter.prepare();
        }
    }

    /** How long {@link #run} will take, roughly. */
    Duration estimate(RunPlan plan, List<Workload> workloads) {
        long runs = 0;
        for (Workload workload : workloads) {
            runs += (long) rounds * (compared().size() + floorFor(workload).size());
        }
        Duration warmTime = plan.warmTime().multipliedBy(5).dividedBy(4);
        return AROUND_A_RUN.plus(warmTime).plus(plan.time()).multipliedBy(runs);
    }

    /**
     * Runs everything.
     *
     * @param conditions what the report says of the machine and the runs
     * @param beforeStart see {@link Series}
     * @param out gets a line a run
     * @param sink gets the report so far after every row
     */
    Report run(
            List<Workload> workloads,
            Map<String, String> conditions,
            Series.Preparation beforeStart,
            PrintStream out,
            Sink sink)
            throws IOException {
        Series series = new Series(compared(), rounds, beforeStart, out);
        List<Row> rows = new ArrayList<>();
        Report report = report(conditions, rows);
        for (Workload workload : workloads) {
            rows.add(series.run(workload, floorFor(workload)));
            report = report(conditions, rows);
            sink.take(report);
        }
        return report;
    }

    private Report report(Map<String, String> conditions, List<Row> rows) {
        String compared = official.map(ServerUnderTest.Starter::name).orElse("");
        return new Report(conditions, ours.name(), compared, List.copyOf(rows));
    }

    private List<ServerUnderTest.Starter> compared() {
        List<ServerUnderTest.Starter> starters = new ArrayList<>(List.of(ours));
        official.ifPresent(starters::add);
        return starters;
    }

    private List<ServerUnderTest.Starter> floorFor(Workload workload) {
        return workload.onFloor() ? floor.stream().toList() : List.of();
    }

    /** Takes the report so far. */
    interface Sink {
        void take(Report report) throws IOException;
    }
}
