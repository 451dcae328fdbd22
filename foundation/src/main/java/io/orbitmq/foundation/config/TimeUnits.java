package io.orbitmq.foundation.config;

import java.time.Duration;
import java.util.Optional;

/**
 * Milliseconds and their multiples.
 *
 * @param plainMs what a number without suffix counts, in ms
 */
record TimeUnits(long plainMs) implements UnitTable {

    @Override
    public Optional<Long> factor(String suffix) {
        return switch (suffix) {
            case "" -> Optional.of(plainMs);
            case "ms" -> Optional.of(1L);
            case "s" -> Optional.of(Duration.ofSeconds(1).toMillis());
            case "m" -> Optional.of(Duration.ofMinutes(1).toMillis());
            case "h" -> Optional.of(Duration.ofHours(1).toMillis());
            case "d" -> Optional.of(Duration.ofDays(1).toMillis());
            default -> Optional.empty();
        };
    }

    @Override
    public String expected(long min, long max) {
        return "a time from " + min + " to " + max + " ms: a number of " + unitName()
                + ", or a number followed by ms, s, m, h or d";
    }

    private String unitName() {
        if (plainMs == Duration.ofHours(1).toMillis()) {
            return "hours";
        }
        return plainMs == Duration.ofSeconds(1).toMillis() ? "seconds" : "milliseconds";
    }
}
