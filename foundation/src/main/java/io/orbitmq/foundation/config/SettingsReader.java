package io.orbitmq.foundation.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Typed access to {@link Settings} that never throws: a value that does not fit adds a fault and the default is
 * returned, so that one run over all components finds all faults. It remembers which keys were asked for; {@link
 * #finish} tells of the others. An empty value counts as absent. Not safe for concurrent use.
 */
public final class SettingsReader {

    private final Settings settings;
    private final Map<String, String> effective = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final List<String> advice = new ArrayList<>();

    public SettingsReader(Settings settings) {
        this.settings = settings;
    }

    public String text(String key, String otherwise) {
        String value = raw(key).map(Setting::value).orElse(otherwise);
        effective.put(key, value);
        return value;
    }

    /** {@code true} or {@code false} in any letter case. */
    public boolean flag(String key, boolean otherwise) {
        boolean value = raw(key).map(setting -> parseFlag(setting, otherwise)).orElse(otherwise);
        effective.put(key, Boolean.toString(value));
        return value;
    }

    /** A whole number within the bounds. */
    public int number(String key, int otherwise, int min, int max) {
        return (int) whole(key, otherwise, min, max);
    }

    /** A whole number within the bounds, of up to 64 bits. */
    public long whole(String key, long otherwise, long min, long max) {
        long value = raw(key).map(setting -> parseWhole(setting, otherwise, min, max))
                .orElse(otherwise);
        effective.put(key, Long.toString(value));
        return value;
    }

    /** A whole number; one outside the bounds is moved to the nearer bound, with advice. */
    public int clamped(String key, int otherwise, int min, int max) {
        int asked = number(key, otherwise, Integer.MIN_VALUE, Integer.MAX_VALUE);
        int value = Math.max(min, Math.min(max, asked));
        if (value != asked) {
            advice.add(key + "=" + asked + " (" + originOf(key) + ") is outside " + min + " to " + max + "; using "
                    + value + ".");
        }
        effective.put(key, Integer.toString(value));
        return value;
    }

    /** Bytes: a plain number, or a number followed by k, m or g (powers of 1024). */
    public long sizeBytes(String key, long otherwise, long min, long max) {
        long value = raw(key).map(setting -> parseUnit(setting, otherwise, min, max, new SizeUnits()))
                .orElse(otherwise);
        effective.put(key, Long.toString(value));
        return value;
    }

    /** A time: a plain number counts {@code plainUnit}, or a number followed by ms, s, m, h or d. */
    public Duration duration(String key, Duration plainUnit, Duration otherwise, Duration min, Duration max) {
        long unitMs = plainUnit.toMillis();
        long ms = raw(key).map(setting ->
                        parseUnit(setting, otherwise.toMillis(), min.toMillis(), max.toMillis(), new TimeUnits(unitMs)))
                .orElse(otherwise.toMillis());
        effective.put(key, ms % unitMs == 0 ? Long.toString(ms / unitMs) : ms + "ms");
        return Duration.ofMillis(ms);
    }

    /** A constant of an enum, in any letter case. */
    public <E extends Enum<E>> E oneOf(String key, Class<E> type, E otherwise) {
        E value =
                raw(key).map(setting -> parseConstant(setting, type, otherwise)).orElse(otherwise);
        effective.put(key, value.name());
        return value;
    }

    /** Adds a fault found by a rule over several keys. */
    public void fault(String sentence) {
        faults.add(sentence);
    }

    /** Adds a line that the operator should read but that does not prevent the start. */
    public void advise(String sentence) {
        advice.add(sentence);
    }

    /** True when the key has a value of its own. */
    public boolean isSet(String key) {
        return raw(key).isPresent();
    }

    /** The keys asked for so far. */
    public Set<String> keysRead() {
        return Set.copyOf(effective.keySet());
    }

    /** Key and effective value of everything asked for, in the order asked. */
    public Map<String, String> effective() {
        return new LinkedHashMap<>(effective);
    }

    /**
     * Judges the settings nobody asked for, then fails if there was any fault.
     *
     * @return advice, one sentence per line: unknown keys with the nearest known one, keys without effect and why
     * @throws ConfigException listing all faults
     */
    public List<String> finish(KeyCatalogue catalogue) {
        for (Setting setting : settings.all()) {
            if (!effective.containsKey(setting.key())) {
                catalogue.judge(setting, effective.keySet(), advice, faults);
            }
        }
        if (!faults.isEmpty()) {
            throw new ConfigException(faults);
        }
        return List.copyOf(advice);
    }

    private Optional<Setting> raw(String key) {
        return settings.find(key).filter(setting -> !setting.value().isEmpty());
    }

    private String originOf(String key) {
        return settings.find(key).map(Setting::origin).orElse("default");
    }

    private boolean parseFlag(Setting setting, boolean otherwise) {
        return switch (setting.value().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> misfit(setting, "true or false", otherwise);
        };
    }

    private long parseWhole(Setting setting, long otherwise, long min, long max) {
        String expected = "a whole number from " + min + " to " + max;
        try {
            long value = Long.parseLong(setting.value());
            return value >= min && value <= max ? value : misfit(setting, expected, otherwise);
        } catch (NumberFormatException e) {
            return misfit(setting, expected, otherwise);
        }
    }

    private long parseUnit(Setting setting, long otherwise, long min, long max, UnitTable units) {
        String value = setting.value().toLowerCase(Locale.ROOT);
        int digits = 0;
        while (digits < value.length() && Character.isDigit(value.charAt(digits))) {
            digits++;
        }
        Optional<Long> factor = units.factor(value.substring(digits).trim());
        String expected = units.expected(min, max);
        if (digits == 0 || factor.isEmpty()) {
            return misfit(setting, expected, otherwise);
        }
        try {
            long result = Math.multiplyExact(Long.parseLong(value.substring(0, digits)), factor.get());
            return result >= min && result <= max ? result : misfit(setting, expected, otherwise);
        } catch (ArithmeticException | NumberFormatException e) {
            return misfit(setting, expected, otherwise);
        }
    }

    private <E extends Enum<E>> E parseConstant(Setting setting, Class<E> type, E otherwise) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(setting.value())) {
                return constant;
            }
        }
        String expected = Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(" or "));
        return misfit(setting, expected, otherwise);
    }

    private <T> T misfit(Setting setting, String expected, T otherwise) {
        faults.add(setting.key() + " in " + setting.origin() + " is '" + setting.value() + "', expected " + expected
                + ". Correct the value or remove the line to use the default " + otherwise + ".");
        return otherwise;
    }
}
