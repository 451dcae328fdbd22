package io.orbitmq.foundation.config;

import java.util.Objects;

/**
 * One key with its value.
 *
 * @param key as written
 * @param value trimmed text, may be empty
 * @param origin where it stands, for messages: a file name or the command line
 */
public record Setting(String key, String value, String origin) {

    public Setting {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(origin, "origin");
    }
}
