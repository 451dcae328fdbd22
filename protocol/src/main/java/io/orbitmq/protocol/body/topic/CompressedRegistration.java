package io.orbitmq.protocol.body.topic;

import com.fasterxml.jackson.databind.JsonNode;
import io.orbitmq.protocol.frame.MalformedBodyException;
import io.orbitmq.protocol.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * The compressed registration (protocol/02 section 3.3), one zlib stream of:
 *
 * <pre>
 *   length 4 | data version JSON
 *   count 4  | { length 4 | "name readQueues writeQueues perm filterType attributesJson" }*
 *   length 4 | filter server list JSON
 *   count 4  | { length 4 | mapping JSON }*          only from version 5.0.0 on
 * </pre>
 *
 * Memory is bounded: nothing is allocated by a length that the stream has not delivered, and the whole may not expand
 * beyond {@link #MAX_BYTES}.
 */
final class CompressedRegistration {

    private static final int MAX_BYTES = 256 * 1024 * 1024;
    private static final int MAX_PART_BYTES = 16 * 1024 * 1024;
    private static final int PARTS_WITHOUT_ATTRIBUTES = 5;

    private final DataInputStream in;
    private int left = MAX_BYTES;

    private CompressedRegistration(DataInputStream in) {
        this.in = in;
    }

    static RegisterBrokerBody decode(ByteBuffer body, boolean withMappings) {
        byte[] bytes = new byte[body.remaining()];
        body.duplicate().get(bytes);
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
            return new CompressedRegistration(in).read(withMappings);
        } catch (IOException e) {
            throw new MalformedBodyException(
                    "Failed to decode RegisterBrokerBody: the compressed registration ends"
                            + " early or is no zlib stream: " + e.getMessage(),
                    e);
        }
    }

    private RegisterBrokerBody read(boolean withMappings) throws IOException {
        DataVersion version = DataVersion.fromJson(Json.read(part()));
        Map<String, TopicConfig> topics = new LinkedHashMap<>();
        for (int count = count(); count > 0; count--) {
            TopicConfig config = config(new String(part(), StandardCharsets.UTF_8));
            topics.put(config.name(), config);
        }
        List<String> filterServers = Json.texts(Json.read(part()));
        Map<String, JsonNode> mappings = new LinkedHashMap<>();
        for (int count = withMappings ? count() : 0; count > 0; count--) {
            JsonNode mapping = Json.read(part());
            mappings.put(Json.text(mapping, "topic"), mapping);
        }
        return new RegisterBrokerBody(new TopicConfigTable(version, topics, mappings), filterServers);
    }

    private int count() throws IOException {
        int count = in.readInt();
        if (count < 0 || count > left / Integer.BYTES) {
            throw new MalformedBodyException("Failed to decode RegisterBrokerBody: a count must be 0 to "
                    + left / Integer.BYTES + ", found " + count);
        }
        return count;
    }

    private byte[] part() throws IOException {
        int length = in.readInt();
        if (length < 0 || length > Math.min(left, MAX_PART_BYTES)) {
            throw new MalformedBodyException("Failed to decode RegisterBrokerBody: a length must be 0 to "
                    + Math.min(left, MAX_PART_BYTES) + ", found " + length);
        }
        left -= length + Integer.BYTES;
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new MalformedBodyException(
                    "Failed to decode RegisterBrokerBody: the stream ends inside a part of " + length + " bytes");
        }
        return bytes;
    }

    private static TopicConfig config(String text) {
        String[] parts = text.split(" ", PARTS_WITHOUT_ATTRIBUTES + 1);
        if (parts.length < PARTS_WITHOUT_ATTRIBUTES) {
            throw new MalformedBodyException("Failed to decode RegisterBrokerBody: a topic has five or six parts"
                    + " separated by blanks, found '" + text + "'");
        }
        try {
            Map<String, String> attributes = parts.length > PARTS_WITHOUT_ATTRIBUTES
                    ? Json.textMap(Json.read(parts[PARTS_WITHOUT_ATTRIBUTES]))
                    : Map.of();
            return new TopicConfig(
                    parts[0],
                    Integer.parseInt(parts[1]),
                    Integer.parseInt(parts[2]),
                    Integer.parseInt(parts[3]),
                    parts[4],
                    0,
                    false,
                    attributes);
        } catch (NumberFormatException e) {
            throw new MalformedBodyException(
                    "Failed to decode RegisterBrokerBody: the numbers of topic '" + text + "' are none", e);
        }
    }

    static byte[] encode(RegisterBrokerBody body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out =
                new DataOutputStream(new DeflaterOutputStream(bytes, new Deflater(Deflater.BEST_COMPRESSION)))) {
            TopicConfigTable table = body.table();
            writePart(out, Json.write(table.version().toJson()));
            out.writeInt(table.topics().size());
            for (TopicConfig config : table.topics().values()) {
                writePart(out, text(config).getBytes(StandardCharsets.UTF_8));
            }
            writePart(out, Json.write(Json.array(body.filterServers())));
            out.writeInt(table.mappings().size());
            for (JsonNode mapping : table.mappings().values()) {
                writePart(out, Json.write(mapping));
            }
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static String text(TopicConfig config) {
        return config.name()
                + ' '
                + config.readQueues()
                + ' '
                + config.writeQueues()
                + ' '
                + config.permission()
                + ' '
                + config.filterType()
                + ' '
                + Json.text(Json.object(config.attributes()));
    }

    private static void writePart(DataOutputStream out, byte[] part) throws IOException {
        out.writeInt(part.length);
        out.write(part);
    }
}
