package io.orbitmq.protocol.frame;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Reads a JSON header leniently, as official servers do: unquoted names, numbers given as strings, numbers and booleans
 * among the extFields, unknown members of any kind (protocol/01 section 3). The ordinary shape takes {@link
 * JsonHeaderScanner}; this streaming parser takes everything else. Stateless.
 */
final class JsonHeaderReader {

    private static final int MAX_NESTING = 64;
    private static final int MAX_NAME_CHARS = 64 * 1024;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING)
                    .maxNameLength(MAX_NAME_CHARS)
                    .maxStringLength(Frames.MAX_HEADER_BYTES)
                    .build())
            .build();

    private int code;
    private Language language = Language.OTHER;
    private int version;
    private int opaque;
    private int flag;
    private String remark = "";
    private Fields fields = Fields.NONE;

    private JsonHeaderReader() {}

    static Command readUnusual(byte[] header, int offset, int length, ByteBuffer body) {
        try (JsonParser parser = FACTORY.createParser(header, offset, length)) {
            JsonHeaderReader reader = new JsonHeaderReader();
            reader.readObject(parser);
            return new Command(
                    reader.code,
                    reader.language,
                    reader.version,
                    reader.opaque,
                    reader.flag,
                    reader.remark,
                    reader.fields,
                    body);
        } catch (IOException e) {
            throw new MalformedFrameException("the header is not readable JSON: " + e.getMessage(), e);
        }
    }

    private void readObject(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new MalformedFrameException("the header must be a JSON object, found " + parser.currentToken());
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            readMember(parser, name);
        }
        if (parser.nextToken() != null) {
            throw new MalformedFrameException(
                    "after the header's JSON object nothing may follow, found " + parser.currentToken());
        }
    }

    private void readMember(JsonParser parser, String name) throws IOException {
        switch (name) {
            case "code" -> code = intValue(parser, name, code);
            case "version" -> version = intValue(parser, name, version);
            case "opaque" -> opaque = intValue(parser, name, opaque);
            case "flag" -> flag = intValue(parser, name, flag);
            case "language" -> language = Language.ofName(scalar(parser));
            case "remark" -> remark = scalar(parser);
            case "extFields" -> fields = readFields(parser);
            default -> parser.skipChildren();
        }
    }

    private static int intValue(JsonParser parser, String name, int otherwise) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT -> parser.getIntValue();
            case VALUE_NULL -> otherwise;
            case VALUE_STRING -> {
                try {
                    yield Integer.parseInt(parser.getText());
                } catch (NumberFormatException e) {
                    throw notInt(name, "the text '" + parser.getText() + "'");
                }
            }
            default -> throw notInt(name, parser.currentToken().toString());
        };
    }

    private static MalformedFrameException notInt(String name, String found) {
        return new MalformedFrameException("the header's '" + name + "' must be a whole number, found " + found);
    }

    /** The text of a scalar; empty for null and for structures, which are skipped. */
    private static String scalar(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token.isStructStart()) {
            parser.skipChildren();
            return "";
        }
        return token == JsonToken.VALUE_NULL ? "" : parser.getText();
    }

    private static Fields readFields(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return Fields.NONE;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new MalformedFrameException(
                    "the header's 'extFields' must be a JSON object, found " + parser.currentToken());
        }
        Fields.Builder builder = Fields.builder();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            builder.put(name, scalar(parser));
            if (builder.size() > Frames.MAX_FIELDS) {
                throw new MalformedFrameException("a header has at most " + Frames.MAX_FIELDS + " extFields");
            }
        }
        return builder.build();
    }
}
