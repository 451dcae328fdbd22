package io.orbitmq.broker;

import java.time.Duration;

/** Checks of settings; each failure says the key, what was found and what is allowed. */
final class Check {

    private Check() {}

    static void range(String key, long found, long least, long most) {
        if (found < least || found > most) {
            throw new IllegalArgumentException(
                    key + " must be between " + least + " and " + most + ", found " + found + "; correct the setting");
        }
    }

    static void name(String key, String found) {
        if (found.isEmpty()) {
            throw new IllegalArgumentException(key + " is empty; give it a name");
        }
        for (int i = 0; i < found.length(); i++) {
            char c = found.charAt(i);
            if (c <= ' ' || c == '@' || c == '\\' || c == '/') {
                throw new IllegalArgumentException(key + " contains the character '" + c + "' at index " + i + " of '"
                        + found + "'; use letters, digits, '-', '_' and '.'");
            }
        }
    }

    static void positive(String key, Duration found) {
        if (found.isNegative() || found.isZero()) {
            throw new IllegalArgumentException(key + " must be longer than zero, found " + found);
        }
    }
}
