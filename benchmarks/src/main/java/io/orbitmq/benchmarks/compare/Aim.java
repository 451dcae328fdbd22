package io.orbitmq.benchmarks.compare;

import java.util.Locale;
import java.util.Optional;

/**
 * What a row is to reach: our figure against a factor times another one, or against a plain number.
 *
 * @param figure what is compared
 * @param bound which side of the reference is good
 * @param factor the reference is multiplied by this; without a reference, the number itself
 * @param reference what our figure is divided by
 * @param otherRow the row of a reference of our own, else empty
 */
record Aim(Figure figure, Bound bound, double factor, Reference reference, Optional<String> otherRow) {

    enum Bound {
        AT_LEAST("at least"),
        AT_MOST("at most");

        private final String words;

        Bound(String words) {
            this.words = words;
        }
    }

    enum Reference {
        /** The official server's figure in the same row. */
        OFFICIAL,
        /** Our figure in another row. */
        OUR_OTHER_ROW,
        NONE
    }

    static Aim atLeast(double factor, Figure figure) {
        return new Aim(figure, Bound.AT_LEAST, factor, Reference.OFFICIAL, Optional.empty());
    }

    static Aim atMost(double factor, Figure figure) {
        return new Aim(figure, Bound.AT_MOST, factor, Reference.OFFICIAL, Optional.empty());
    }

    /** A number that our figure itself must not exceed. */
    static Aim limit(double number, Figure figure) {
        return new Aim(figure, Bound.AT_MOST, number, Reference.NONE, Optional.empty());
    }

    /** Our own figure of another row instead of the official server's. */
    Aim ofOurOwn(String row) {
        return new Aim(figure, bound, factor, Reference.OUR_OTHER_ROW, Optional.of(row));
    }

    String text() {
        String aim = String.format(Locale.ROOT, "%s %s %s", figure.jsonName(), bound.words, factorText());
        return switch (reference) {
            case OFFICIAL -> aim + " x official";
            case OUR_OTHER_ROW -> aim + " x our own in '" + otherRow.orElseThrow() + "'";
            case NONE -> aim;
        };
    }

    /** Fractions as people say them: 1/15. */
    private String factorText() {
        double inverse = 1 / factor;
        boolean fraction = factor < 1 && Math.abs(inverse - Math.rint(inverse)) < 1e-9 && inverse > 2;
        return fraction
                ? "1/" + Math.round(inverse)
                : String.format(Locale.ROOT, factor == Math.rint(factor) ? "%.0f" : "%.2f", factor);
    }

    /** Our figure divided by the reference's, or itself where there is none; NaN when one was not measured. */
    double reached(Measurement ours, Measurement reference) {
        return this.reference == Reference.NONE ? ours.get(figure) : ours.get(figure) / reference.get(figure);
    }

    String reachedText(double reached) {
        return String.format(Locale.ROOT, reference == Reference.NONE ? "%.2f" : "%.3f x", reached);
    }

    boolean isMetBy(double reached) {
        return bound == Bound.AT_LEAST ? reached >= factor : reached <= factor;
    }
}
