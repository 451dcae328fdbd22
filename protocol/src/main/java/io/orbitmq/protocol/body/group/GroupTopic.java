package io.orbitmq.protocol.body.group;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;

/**
 * Whether a group may read a topic: answer to UPDATE_AND_GET_GROUP_FORBIDDEN (protocol/11 section 3.3).
 *
 * @param group group
 * @param topic topic
 * @param readable whether it may
 */
public record GroupTopic(String group, String topic, boolean readable) {

    public static GroupTopic decode(ByteBuffer body) {
        JsonNode node = Json.readObject(body);
        return new GroupTopic(
                Json.text(node, "group"),
                Json.text(node, "topic"),
                node.path("readable").asBoolean());
    }

    public byte[] encode() {
        ObjectNode node = Json.object().put("group", group).put("readable", readable);
        return Json.write(node.put("topic", topic));
    }
}
