package io.orbitmq.benchmarks;

import java.util.Collection;

/** The middle of figures, or the mean of the two in the middle. */
public final class Median {

    private Median() {}

    /** NaN for none. */
    public static double of(Collection<Double> figures) {
        double[] sorted =
                figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
