package io.orbitmq.benchmarks.compare;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Medians and ratios as Markdown and as JSON. */
final class ResultTable {

    private ResultTable() {}

    /** @param results workload name to one median for each server, ours first */
    static String markdown(List<String> servers, Map<String, List<Measurement>> results) {
        StringBuilder text = new StringBuilder();
        text.append("| work | server | messages/s | p50 us | p99 us | CPU us/message | resident MiB | refused |\n");
        text.append("|---|---|---|---|---|---|---|---|\n");
        results.forEach((work, medians) -> {
            for (int i = 0; i < medians.size(); i++) {
                Measurement m = medians.get(i);
                text.append(String.format(
                        Locale.ROOT,
                        "| %s | %s | %,.0f | %,.0f | %,.0f | %.2f | %.0f | %.0f |%n",
                        work,
                        servers.get(i),
                        m.messagesPerSecond(),
                        m.p50Micros(),
                        m.p99Micros(),
                        m.cpuMicros(),
                        m.residentMiB(),
                        m.refused()));
            }
            if (medians.size() == 2) {
                text.append(ratios(work, medians.get(0), medians.get(1)));
            }
        });
        return text.toString();
    }

    static String json(List<String> servers, Map<String, List<Measurement>> results) {
        StringBuilder text = new StringBuilder("[");
        results.forEach((work, medians) -> {
            for (int i = 0; i < medians.size(); i++) {
                Measurement m = medians.get(i);
                text.append(text.length() > 1 ? ",\n" : "\n")
                        .append(String.format(
                                Locale.ROOT,
                                "{\"work\":\"%s\",\"server\":\"%s\",\"messagesPerSecond\":%.1f,\"p50Micros\":%.1f,"
                                        + "\"p99Micros\":%.1f,\"cpuMicros\":%.3f,\"residentMiB\":%.1f,"
                                        + "\"anonymousMiB\":%.1f,\"refused\":%.0f}",
                                work,
                                servers.get(i),
                                m.messagesPerSecond(),
                                m.p50Micros(),
                                m.p99Micros(),
                                m.cpuMicros(),
                                m.residentMiB(),
                                m.anonymousMiB(),
                                m.refused()));
            }
        });
        return text.append("\n]\n").toString();
    }

    private static String ratios(String work, Measurement ours, Measurement theirs) {
        return String.format(
                Locale.ROOT,
                "| %s | **ratio** | **%.1f x** | %.2f | %.2f | **1/%.1f** | %.2f | |%n",
                work,
                ours.messagesPerSecond() / theirs.messagesPerSecond(),
                ours.p50Micros() / theirs.p50Micros(),
                ours.p99Micros() / theirs.p99Micros(),
                theirs.cpuMicros() / ours.cpuMicros(),
                ours.residentMiB() / theirs.residentMiB());
    }
}
