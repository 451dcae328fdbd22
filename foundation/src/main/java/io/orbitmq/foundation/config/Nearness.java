package io.orbitmq.foundation.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word somebody probably meant: fewest single-letter changes, letter case free. */
public final class Nearness {

    private static final int LETTERS_PER_CHANGE = 4;

    private Nearness() {}

    /** The nearest candidate; empty when even that one needs more than two changes (a swap of letters is two), or one in four letters. */
    public static Optional<String> nearest(String word, Collection<String> candidates) {
        int limit = word.length() <= LETTERS_PER_CHANGE ? 1 : Math.max(2, word.length() / LETTERS_PER_CHANGE);
        return candidates.stream()
                .filter(candidate -> changes(word, candidate) <= limit)
                .min(Comparator.<String>comparingInt(candidate -> changes(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static int changes(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int swap = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(swap, Math.min(row[j - 1], above[j]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
