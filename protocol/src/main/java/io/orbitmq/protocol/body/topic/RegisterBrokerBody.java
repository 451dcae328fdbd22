package io.orbitmq.protocol.body.topic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * Body of REGISTER_BROKER (protocol/02 sections 3.2 and 3.3).
 *
 * @param table the broker's topics
 * @param filterServers legacy, empty
 */
public record RegisterBrokerBody(TopicConfigTable table, List<String> filterServers) {

    /** From this version on the body is an object with the table inside; before, it is the table. */
    public static final int FIRST_VERSION_WITH_WRAPPER = 37;

    /** From this version on a compressed body ends in the static topics' mappings. */
    public static final int FIRST_VERSION_WITH_MAPPINGS = 413;

    /** What no body at all means. */
    public static final RegisterBrokerBody EMPTY =
            new RegisterBrokerBody(TopicConfigTable.of(DataVersion.ZERO, Map.of()), List.of());

    public RegisterBrokerBody {
        filterServers = List.copyOf(filterServers);
    }

    /**
     * @param compressed as the request's header says
     * @param version of the request
     * @throws io.orbitmq.protocol.frame.MalformedBodyException when it is not what header and version promise
     */
    public static RegisterBrokerBody decode(ByteBuffer body, boolean compressed, int version) {
        if (!body.hasRemaining()) {
            return EMPTY;
        }
        if (compressed) {
            return CompressedRegistration.decode(body, version >= FIRST_VERSION_WITH_MAPPINGS);
        }
        JsonNode node = Json.readObject(body);
        return version < FIRST_VERSION_WITH_WRAPPER
                ? new RegisterBrokerBody(TopicConfigTable.fromJson(node), List.of())
                : new RegisterBrokerBody(
                        TopicConfigTable.fromJson(node.path("topicConfigSerializeWrapper")),
                        Json.texts(node.path("filterServerList")));
    }

    /** The plain form. */
    public byte[] encode() {
        ObjectNode node = Json.object();
        node.set("filterServerList", Json.array(filterServers));
        node.set("topicConfigSerializeWrapper", table.toJson());
        return Json.write(node);
    }

    /** The compressed form, with mappings. */
    public byte[] encodeCompressed() {
        return CompressedRegistration.encode(this);
    }
}
