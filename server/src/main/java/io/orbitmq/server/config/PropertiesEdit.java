package io.orbitmq.server.config;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Changes values in a properties text and leaves everything else as it stands. Stateless. */
final class PropertiesEdit {

    private PropertiesEdit() {}

    /** The text with the values of {@code changes}: in the place of a key that is there, else at the end. */
    static String apply(String text, Map<String, String> changes) {
        Map<String, String> left = new LinkedHashMap<>(changes);
        StringBuilder edited = new StringBuilder();
        StringBuilder entry = new StringBuilder();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            entry.append(lines.get(i)).append('\n');
            boolean comment = entry.toString().stripLeading().startsWith("#")
                    || entry.toString().stripLeading().startsWith("!");
            if (comment || !goesOn(lines.get(i)) || i == lines.size() - 1) {
                String key = comment ? "" : keyOf(entry.toString());
                String value = left.remove(key);
                if (value != null) {
                    edited.append(line(key, value));
                } else if (!changes.containsKey(key)) {
                    edited.append(entry);
                }
                entry.setLength(0);
            }
        }
        left.forEach((key, value) -> edited.append(line(key, value)));
        return edited.toString();
    }

    /** Whether the entry continues on the next line: an odd number of backslashes at the end. */
    private static boolean goesOn(String line) {
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private static String keyOf(String entry) {
        Properties parsed = new Properties();
        try {
            parsed.load(new StringReader(entry));
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail to be read", e);
        } catch (IllegalArgumentException e) {
            return "";
        }
        return parsed.stringPropertyNames().stream().findFirst().orElse("");
    }

    private static String line(String key, String value) {
        return key + "=" + value.replace("\\", "\\\\") + "\n";
    }
}
