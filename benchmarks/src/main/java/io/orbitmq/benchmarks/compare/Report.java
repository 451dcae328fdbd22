package io.orbitmq.benchmarks.compare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All rows of a run and what can be said of them.
 *
 * @param machine where and when, by name
 * @param ours name of our server
 * @param official name of the server compared with
 * @param rows in the order they were run
 */
record Report(Map<String, String> machine, String ours, String official, List<Row> rows) {

    /** Aims with what was reached; aims whose reference was not measured are left out. */
    List<Verdict> verdicts() {
        List<Verdict> verdicts = new ArrayList<>();
        for (Row row : rows) {
            for (Aim aim : row.workload().aims()) {
                Optional<Measurement> reference = referenceOf(aim, row);
                Optional<Measurement> own = row.median(ours);
                if (own.isPresent() && reference.isPresent()) {
                    double reached = aim.reached(own.get(), reference.get());
                    boolean valid = own.get().isValid() && reference.get().isValid();
                    verdicts.add(new Verdict(row.workload().name(), aim, reached, valid && aim.isMetBy(reached)));
                }
            }
        }
        return verdicts;
    }

    /** The medians of all runs of each server, for what every run measures: its start. */
    Map<String, Measurement> servers() {
        Map<String, List<Measurement>> all = new LinkedHashMap<>();
        rows.forEach(
                row -> row.rounds().forEach((server, rounds) -> all.computeIfAbsent(server, name -> new ArrayList<>())
                        .addAll(rounds)));
        Map<String, Measurement> medians = new LinkedHashMap<>();
        all.forEach((server, rounds) -> medians.put(server, Measurement.median(rounds)));
        return medians;
    }

    boolean isValid() {
        return rows.stream().allMatch(Row::isValid);
    }

    String json() {
        ObjectNode root = Json.object();
        root.set("machine", Json.object(machine));
        ArrayNode works = root.putArray("rows");
        for (Row row : rows) {
            row.rounds().forEach((server, rounds) -> {
                ObjectNode work = works.addObject();
                work.put("work", row.workload().name());
                work.put("server", server);
                work.put("flush", row.workload().flush().name());
                Measurement median = Measurement.median(rounds);
                work.put("valid", median.isValid());
                work.set("faults", Json.array(median.faults()));
                work.set("median", figures(median));
                ArrayNode single = work.putArray("rounds");
                rounds.forEach(round -> single.add(figures(round)));
            });
        }
        ArrayNode aims = root.putArray("aims");
        for (Verdict verdict : verdicts()) {
            ObjectNode aim = aims.addObject()
                    .put("work", verdict.work())
                    .put("aim", verdict.aim().text())
                    .put("met", verdict.met());
            if (verdict.isMeasured()) {
                aim.put("reached", verdict.reached());
            }
        }
        return Json.text(root) + "\n";
    }

    private Optional<Measurement> referenceOf(Aim aim, Row row) {
        return switch (aim.reference()) {
            case OFFICIAL -> row.median(official);
            case OUR_OTHER_ROW -> aim.otherRow().flatMap(this::oursIn);
            case NONE -> row.median(ours);
        };
    }

    private Optional<Measurement> oursIn(String name) {
        return rows.stream()
                .filter(row -> row.workload().name().equals(name))
                .findFirst()
                .flatMap(row -> row.median(ours));
    }

    private static ObjectNode figures(Measurement measurement) {
        ObjectNode node = Json.object();
        for (Figure figure : Figure.values()) {
            if (measurement.has(figure)) {
                node.put(figure.jsonName(), Math.round(measurement.get(figure) * 1000) / 1000.0);
            }
        }
        return node;
    }

    /**
     * An aim and what was reached.
     *
     * @param reached our figure divided by the reference, or itself where there is none
     * @param met whether that is enough; never when a run was invalid
     */
    record Verdict(String work, Aim aim, double reached, boolean met) {

        /** False when a run that was needed broke. */
        boolean isMeasured() {
            return !Double.isNaN(reached);
        }
    }
}
