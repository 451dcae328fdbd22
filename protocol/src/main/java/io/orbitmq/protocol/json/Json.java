package io.orbitmq.protocol.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.frame.MalformedBodyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads and writes bodies. Missing members and nulls read as empty text, 0, false and empty lists. */
public final class Json {

    private static final int MAX_NESTING = 100;
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build())
            .build());

    private Json() {}

    /**
     * The tree of a body; its position does not move. An empty body is an empty object.
     *
     * @throws MalformedBodyException when it is not JSON in any of the accepted dialects
     */
    public static JsonNode read(ByteBuffer body) {
        byte[] bytes = new byte[body.remaining()];
        body.duplicate().get(bytes);
        return read(bytes);
    }

    /** @throws MalformedBodyException when it is not JSON in any of the accepted dialects */
    public static JsonNode read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws MalformedBodyException when it is not JSON in any of the accepted dialects */
    public static JsonNode read(byte[] bytes) {
        if (bytes.length == 0) {
            return object();
        }
        byte[] standard = ObjectKeys.quote(bytes);
        try (JsonParser parser = MAPPER.createParser(standard)) {
            JsonNode node = MAPPER.readTree(parser);
            if (node == null || parser.nextToken() != null) {
                throw new MalformedBodyException(
                        "the body must be one JSON value, found " + (node == null ? "none" : "more than one"));
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new MalformedBodyException("the body is not readable JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new MalformedBodyException("the body is not readable JSON: " + e.getMessage(), e);
        }
    }

    /** Like {@link #read(ByteBuffer)} for a body that must be an object. */
    public static JsonNode readObject(ByteBuffer body) {
        JsonNode node = read(body);
        if (!node.isObject()) {
            throw new MalformedBodyException("the body must be a JSON object, found " + node.getNodeType());
        }
        return node;
    }

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** Standard JSON as UTF-8. */
    public static byte[] write(JsonNode node) {
        return JsonWriter.text(node, false).getBytes(StandardCharsets.UTF_8);
    }

    /** Standard JSON as text. */
    public static String text(JsonNode node) {
        return JsonWriter.text(node, false);
    }

    /** JSON whose numeric names have no quotes, as peers before 4.9.4 got it (protocol/02 section 5.1). */
    public static byte[] writeWithBareNumericNames(JsonNode node) {
        return JsonWriter.text(node, true).getBytes(StandardCharsets.UTF_8);
    }

    public static String text(JsonNode object, String name) {
        return object.path(name).asText("");
    }

    public static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>(array.size());
        array.forEach(node -> texts.add(node.asText("")));
        return texts;
    }

    /** An object's members as text, in order; members that are null are left out. */
    public static Map<String, String> textMap(JsonNode object) {
        Map<String, String> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!member.getValue().isNull()) {
                map.put(member.getKey(), member.getValue().asText(""));
            }
        }
        return map;
    }

    /** An object's members as long values; a value that is not a number reads as 0. */
    public static Map<String, Long> longMap(JsonNode object) {
        Map<String, Long> map = new LinkedHashMap<>();
        object.properties()
                .forEach(member -> map.put(member.getKey(), member.getValue().asLong()));
        return map;
    }

    /** @throws MalformedBodyException when the member's name is no whole number */
    public static long numericName(String name) {
        try {
            return Long.parseLong(name.trim());
        } catch (NumberFormatException e) {
            throw new MalformedBodyException("a member's name must be a whole number here, found '" + name + "'", e);
        }
    }

    public static ArrayNode array(Collection<String> texts) {
        ArrayNode array = array();
        texts.forEach(array::add);
        return array;
    }

    public static ObjectNode object(Map<String, String> members) {
        ObjectNode object = object();
        members.forEach(object::put);
        return object;
    }
}
