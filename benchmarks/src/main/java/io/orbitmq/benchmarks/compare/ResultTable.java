package io.orbitmq.benchmarks.compare;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** A report as Markdown: three tables, and what was wrong with a run where anything was. */
final class ResultTable {

    private final Report report;
    private final StringBuilder text = new StringBuilder();

    private ResultTable(Report report) {
        this.report = report;
    }

    static String markdown(Report report) {
        ResultTable table = new ResultTable(report);
        table.machine();
        table.servers();
        table.works();
        table.aims();
        return table.text.toString();
    }

    private void machine() {
        StringJoiner facts = new StringJoiner("; ", "", ".\n\n");
        report.machine().forEach((name, value) -> facts.add(name + " " + value));
        text.append(facts);
    }

    private void servers() {
        line("server", "ready ms", "first message ms", "idle CPU, % of a core", "idle MiB", "idle anonymous MiB");
        rule(6);
        report.servers()
                .forEach((server, m) -> line(
                        server,
                        number(m, Figure.READY_MS, "%,.0f"),
                        number(m, Figure.FIRST_ACCEPTED_MS, "%,.0f"),
                        number(m, Figure.IDLE_CORE_PERCENT, "%.2f"),
                        number(m, Figure.IDLE_RESIDENT_MIB, "%,.0f"),
                        number(m, Figure.IDLE_ANONYMOUS_MIB, "%,.0f")));
        text.append('\n');
    }

    private void works() {
        line(
                "work",
                "server",
                "messages/s",
                "p50 us",
                "p99 us",
                "CPU us a message",
                "MiB after",
                "anonymous MiB after",
                "generator, % of a core",
                "valid");
        rule(10);
        for (Row row : report.rows()) {
            Map<String, Measurement> medians = row.medians();
            if (medians.values().stream().anyMatch(m -> m.has(Figure.MESSAGES_PER_SECOND) || !m.isValid())) {
                medians.forEach((server, median) -> work(row.workload().name(), server, median));
                ratios(row);
            }
        }
        text.append('\n');
    }

    private void work(String name, String server, Measurement m) {
        line(
                name,
                server,
                number(m, Figure.MESSAGES_PER_SECOND, "%,.0f"),
                number(m, Figure.P50_MICROS, "%,.0f"),
                number(m, Figure.P99_MICROS, "%,.0f"),
                number(m, Figure.CPU_MICROS, "%.2f"),
                number(m, Figure.RESIDENT_MIB, "%,.0f"),
                number(m, Figure.ANONYMOUS_MIB, "%,.0f"),
                number(m, Figure.GENERATOR_CORE_PERCENT, "%.0f"),
                m.isValid() ? "yes" : "**NO**: " + String.join("; ", m.faults()));
    }

    private void ratios(Row row) {
        Optional<Measurement> ours = row.median(report.ours());
        Optional<Measurement> official = row.median(report.official());
        if (ours.isEmpty() || official.isEmpty()) {
            return;
        }
        Measurement a = ours.get();
        Measurement b = official.get();
        line(
                row.workload().name(),
                "**ours / official**",
                ratio(a, b, Figure.MESSAGES_PER_SECOND),
                ratio(a, b, Figure.P50_MICROS),
                ratio(a, b, Figure.P99_MICROS),
                ratio(a, b, Figure.CPU_MICROS),
                ratio(a, b, Figure.RESIDENT_MIB),
                ratio(a, b, Figure.ANONYMOUS_MIB),
                "",
                "");
    }

    private void aims() {
        List<Report.Verdict> verdicts = report.verdicts();
        if (verdicts.isEmpty()) {
            return;
        }
        line("work", "aim", "measured", "met");
        rule(4);
        verdicts.forEach(verdict -> line(
                verdict.work(),
                verdict.aim().text(),
                verdict.isMeasured() ? verdict.aim().reachedText(verdict.reached()) : "not measured",
                verdict.met() ? "yes" : "**no**"));
    }

    private static String number(Measurement m, Figure figure, String format) {
        return m.has(figure) ? String.format(Locale.ROOT, format, m.get(figure)) : "";
    }

    private static String ratio(Measurement ours, Measurement official, Figure figure) {
        return ours.has(figure) && official.has(figure)
                ? String.format(Locale.ROOT, "**%.2f x**", ours.get(figure) / official.get(figure))
                : "";
    }

    private void line(String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private void rule(int columns) {
        text.append("|---".repeat(columns)).append("|\n");
    }
}
