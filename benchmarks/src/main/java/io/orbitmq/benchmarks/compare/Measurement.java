package io.orbitmq.benchmarks.compare;

import io.orbitmq.benchmarks.Median;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One workload on one server, once, or the median of several rounds.
 *
 * @param figures what was measured
 * @param faults why the figures must not be used, as sentences; empty when they may
 */
record Measurement(Map<Figure, Double> figures, List<String> faults) {

    Measurement {
        figures = Map.copyOf(figures);
        faults = List.copyOf(faults);
    }

    /** NaN when this was not measured. */
    double get(Figure figure) {
        return figures.getOrDefault(figure, Double.NaN);
    }

    boolean has(Figure figure) {
        return figures.containsKey(figure);
    }

    boolean isValid() {
        return faults.isEmpty();
    }

    /** These figures and more. */
    Measurement with(Map<Figure, Double> more) {
        Map<Figure, Double> all = new EnumMap<>(Figure.class);
        all.putAll(figures);
        all.putAll(more);
        return new Measurement(all, faults);
    }

    /** The median of every figure over the rounds that have it; the faults of all. */
    static Measurement median(List<Measurement> rounds) {
        Map<Figure, Double> medians = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
            List<Double> measured = rounds.stream()
                    .filter(round -> round.has(figure))
                    .map(round -> round.get(figure))
                    .toList();
            if (!measured.isEmpty()) {
                medians.put(figure, Median.of(measured));
            }
        }
        Set<String> faults = new LinkedHashSet<>();
        rounds.forEach(round -> faults.addAll(round.faults()));
        return new Measurement(medians, new ArrayList<>(faults));
    }
}
