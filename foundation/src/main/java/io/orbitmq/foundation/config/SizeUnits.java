package io.orbitmq.foundation.config;

import java.util.Optional;

/** Bytes, and powers of 1024. */
record SizeUnits() implements UnitTable {

    @Override
    public Optional<Long> factor(String suffix) {
        return switch (suffix) {
            case "", "b" -> Optional.of(1L);
            case "k", "kb", "kib" -> Optional.of(1L << 10);
            case "m", "mb", "mib" -> Optional.of(1L << 20);
            case "g", "gb", "gib" -> Optional.of(1L << 30);
            default -> Optional.empty();
        };
    }

    @Override
    public String expected(long min, long max) {
        return "a number of bytes from " + min + " to " + max + ", optionally followed by k, m or g";
    }
}
