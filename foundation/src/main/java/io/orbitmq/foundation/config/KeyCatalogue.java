package io.orbitmq.foundation.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The keys that are known but read by nobody, as data. One row per line, columns separated by {@code |}:
 *
 * <pre>
 * key | none              | why it does nothing here
 * key | only v1,v2        | why other values prevent the start, and what to do
 * key | prefer v1,v2      | why other values have no effect
 * </pre>
 *
 * A line starting with {@code #} is a comment. A key ending in {@code *} stands for all keys with that beginning.
 * Values compare in any letter case. Immutable.
 */
public final class KeyCatalogue {

    private static final int COLUMNS = 3;

    private final Map<String, Row> rows;
    private final List<Row> families;

    private KeyCatalogue(Map<String, Row> rows, List<Row> families) {
        this.rows = rows;
        this.families = families;
    }

    /** @throws IllegalArgumentException naming the line that is not a row; the text ships with the program */
    public static KeyCatalogue parse(String text) {
        Map<String, Row> rows = new TreeMap<>();
        List<Row> families = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                Row row = parseRow(line);
                if (row.key().endsWith("*")) {
                    families.add(row);
                } else if (rows.put(row.key(), row) != null) {
                    throw new IllegalArgumentException("the key catalogue has two rows for " + row.key());
                }
            }
        }
        return new KeyCatalogue(rows, families);
    }

    /** The keys with a row of their own. */
    public Set<String> keys() {
        return Set.copyOf(rows.keySet());
    }

    /** Says what becomes of a setting that nobody read. */
    void judge(Setting setting, Set<String> readKeys, List<String> advice, List<String> faults) {
        Optional<Row> row = find(setting.key());
        if (row.isEmpty()) {
            advice.add(unknown(setting, readKeys));
            return;
        }
        Row known = row.get();
        boolean harmless = known.values().stream().anyMatch(setting.value()::equalsIgnoreCase);
        String sentence = setting.key() + "=" + setting.value() + " (" + setting.origin() + ")";
        switch (known.effect()) {
            case NONE -> advice.add(sentence + " has no effect: " + known.text());
            case PREFER -> {
                if (!harmless) {
                    advice.add(sentence + " has no effect: " + known.text());
                }
            }
            case ONLY -> {
                if (!harmless) {
                    faults.add(sentence + " is not supported: " + known.text());
                }
            }
        }
    }

    private Optional<Row> find(String key) {
        Row row = rows.get(key);
        if (row != null) {
            return Optional.of(row);
        }
        return families.stream().filter(family -> family.covers(key)).findFirst();
    }

    private String unknown(Setting setting, Set<String> readKeys) {
        List<String> known = new ArrayList<>(readKeys);
        known.addAll(rows.keySet());
        String told = "Unknown key " + setting.key() + " (" + setting.origin() + ") is ignored.";
        return Nearness.nearest(setting.key(), known)
                .map(near -> told + " Did you mean " + near + "?")
                .orElse(told + " Remove it.");
    }

    private static Row parseRow(String line) {
        String[] columns = line.split("\\|", COLUMNS);
        if (columns.length != COLUMNS) {
            throw new IllegalArgumentException("expected 'key | effect | text' in the key catalogue, found: " + line);
        }
        String[] effect = columns[1].trim().split(" ", 2);
        List<String> values =
                effect.length == 1 ? List.of() : Arrays.asList(effect[1].trim().split(","));
        return switch (effect[0]) {
            case "none" -> new Row(columns[0].trim(), Effect.NONE, values, columns[2].trim());
            case "only" -> new Row(columns[0].trim(), Effect.ONLY, values, columns[2].trim());
            case "prefer" -> new Row(columns[0].trim(), Effect.PREFER, values, columns[2].trim());
            default ->
                throw new IllegalArgumentException(
                        "expected none, only or prefer in the key catalogue, found: " + line);
        };
    }

    private enum Effect {
        NONE,
        PREFER,
        ONLY
    }

    private record Row(String key, Effect effect, List<String> values, String text) {

        boolean covers(String other) {
            return other.startsWith(key.substring(0, key.length() - 1));
        }
    }
}
