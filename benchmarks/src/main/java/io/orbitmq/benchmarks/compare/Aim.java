package io.orbitmq.benchmarks.compare;

import java.util.Locale;
import java.util.Optional;

/**
 * What a row is to reach: our figure against a factor times another one.
 *
 * @param figure what is compared
 * @param bound which side of the reference is good
 * @param factor the reference is multiplied by this
 * @param otherRow the reference is our figure in this row; empty: the official server's figure in the same row
 */
record Aim(Figure figure, Bound bound, double factor, Optional<String> otherRow) {

    enum Bound {
        AT_LEAST("at least"),
        AT_MOST("at most");

        private final String words;

        Bound(String words) {
            this.words = words;
        }
    }

    static Aim atLeast(double factor, Figure figure) {
        return new Aim(figure, Bound.AT_LEAST, factor, Optional.empty());
    }

    static Aim atMost(double factor, Figure figure) {
        return new Aim(figure, Bound.AT_MOST, factor, Optional.empty());
    }

    /** Our own figure of another row instead of the official server's. */
    Aim ofOurOwn(String row) {
        return new Aim(figure, bound, factor, Optional.of(row));
    }

    String text() {
        String whose = otherRow.map(row -> "our own in '" + row + "'").orElse("official");
        return String.format(Locale.ROOT, "%s %s %.2f x %s", figure.jsonName(), bound.words, factor, whose);
    }

    /** Our figure divided by the reference; NaN when either was not measured. */
    double ratio(Measurement ours, Measurement reference) {
        return ours.get(figure) / reference.get(figure);
    }

    boolean isMetBy(double ratio) {
        return bound == Bound.AT_LEAST ? ratio >= factor : ratio <= factor;
    }
}
