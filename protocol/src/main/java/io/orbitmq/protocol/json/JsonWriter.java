package io.orbitmq.protocol.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Writes a tree without blanks, members in their order. Stateless. */
final class JsonWriter {

    private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

    private final StringBuilder out = new StringBuilder(256);
    private final boolean bareNumericNames;

    private JsonWriter(boolean bareNumericNames) {
        this.bareNumericNames = bareNumericNames;
    }

    static String text(JsonNode node, boolean bareNumericNames) {
        JsonWriter writer = new JsonWriter(bareNumericNames);
        writer.write(node);
        return writer.out.toString();
    }

    private void write(JsonNode node) {
        if (node.isObject()) {
            char before = '{';
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                out.append(before);
                writeName(member.getKey());
                out.append(':');
                write(member.getValue());
                before = ',';
            }
            out.append(before == '{' ? "{}" : "}");
        } else if (node.isArray()) {
            char before = '[';
            for (JsonNode item : node) {
                out.append(before);
                write(item);
                before = ',';
            }
            out.append(before == '[' ? "[]" : "]");
        } else if (node.isTextual()) {
            writeText(node.textValue());
        } else {
            out.append(node.asText());
        }
    }

    private void writeName(String name) {
        if (bareNumericNames && isNumber(name)) {
            out.append(name);
        } else {
            writeText(name);
        }
    }

    private void writeText(String text) {
        out.append('"');
        ENCODER.quoteAsString(text, out);
        out.append('"');
    }

    private static boolean isNumber(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
