package io.orbitmq.foundation.config;

import java.util.Optional;

/** The suffixes a number may carry. */
interface UnitTable {

    /** What one of {@code suffix} counts in the base unit; empty when the suffix is unknown. */
    Optional<Long> factor(String suffix);

    /** Describes a legal value, bounds in the base unit. */
    String expected(long min, long max);
}
