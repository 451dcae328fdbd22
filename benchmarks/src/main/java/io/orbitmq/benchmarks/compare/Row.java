package io.orbitmq.benchmarks.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A workload and what was measured.
 *
 * @param workload what was done
 * @param rounds all rounds by the server's name, ours first
 */
record Row(Workload workload, Map<String, List<Measurement>> rounds) {

    Map<String, Measurement> medians() {
        Map<String, Measurement> medians = new LinkedHashMap<>();
        rounds.forEach((server, measured) -> medians.put(server, Measurement.median(measured)));
        return medians;
    }

    /** Empty when that server was left out. */
    Optional<Measurement> median(String server) {
        return Optional.ofNullable(rounds.get(server)).map(Measurement::median);
    }

    boolean isValid() {
        return rounds.values().stream().flatMap(List::stream).allMatch(Measurement::isValid);
    }
}
