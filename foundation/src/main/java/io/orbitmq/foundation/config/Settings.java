package io.orbitmq.foundation.config;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Keys and values from one or more sources; a later source wins. Immutable. */
public final class Settings {

    private static final Settings NONE = new Settings(Map.of());

    private final Map<String, Setting> byKey;

    private Settings(Map<String, Setting> byKey) {
        this.byKey = byKey;
    }

    /** No settings: every component uses its defaults. */
    public static Settings none() {
        return NONE;
    }

    /**
     * Reads a Java properties file in UTF-8 ({@code key=value}, {@code #} comments).
     *
     * @throws ConfigException when the file is missing or is not a properties text
     */
    public static Settings readFile(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new ConfigException(List.of("The configuration file " + file.toAbsolutePath()
                    + " does not exist or is not a plain file. Check the path given with -c."));
        }
        try {
            return parse(Files.readString(file, StandardCharsets.UTF_8), file.toString());
        } catch (MalformedInputException e) {
            throw new ConfigException(List.of(
                    "The configuration file " + file.toAbsolutePath() + " is not UTF-8 text. Save it as UTF-8."));
        }
    }

    /** Reads a properties text; {@code origin} names it in messages. */
    public static Settings parse(String text, String origin) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = new StringReader(text)) {
            properties.load(reader);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(List.of(origin + " has a malformed \\uXXXX escape (" + e.getMessage()
                    + "). Write the character itself or four hexadecimal digits after \\u."));
        }
        Map<String, Setting> byKey = new TreeMap<>();
        for (String key : properties.stringPropertyNames()) {
            byKey.put(key, new Setting(key, properties.getProperty(key).trim(), origin));
        }
        return new Settings(byKey);
    }

    /**
     * One {@code key=value} as it stands on a command line.
     *
     * @throws ConfigException when there is no key or no '='
     */
    public static Settings ofAssignment(String assignment, String origin) {
        int equals = assignment.indexOf('=');
        if (equals <= 0) {
            throw new ConfigException(List.of(
                    origin + " " + assignment + " must have the form key=value, for example fileReservedTime=48."));
        }
        return of(assignment.substring(0, equals).trim(), assignment.substring(equals + 1), origin);
    }

    public static Settings of(String key, String value, String origin) {
        return new Settings(Map.of(key, new Setting(key, value.trim(), origin)));
    }

    /** These settings and {@code later}; where both have a key, {@code later} wins. */
    public Settings overriddenBy(Settings later) {
        Map<String, Setting> merged = new LinkedHashMap<>(byKey);
        merged.putAll(later.byKey);
        return new Settings(merged);
    }

    /** The settings whose keys are wanted. */
    public Settings only(Predicate<String> wanted) {
        Map<String, Setting> kept = new LinkedHashMap<>(byKey);
        kept.keySet().removeIf(wanted.negate());
        return new Settings(kept);
    }

    /** The setting with exactly this key. */
    public Optional<Setting> find(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** All settings. */
    public List<Setting> all() {
        return List.copyOf(byKey.values());
    }
}
