package io.orbitmq.protocol.body.group;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;

/**
 * How a group gets the messages of a topic: body of SET_MESSAGE_REQUEST_MODE (protocol/07 section 15).
 *
 * @param topic topic
 * @param consumerGroup group
 * @param mode pull or pop
 * @param popShareQueues of how many further members a member also pops the queues; 0 or less: of all
 */
public record MessageRequestMode(String topic, String consumerGroup, RequestMode mode, int popShareQueues) {

    public static MessageRequestMode decode(ByteBuffer body) {
        return fromJson(Json.readObject(body));
    }

    public static MessageRequestMode fromJson(JsonNode node) {
        return new MessageRequestMode(
                Json.text(node, "topic"),
                Json.text(node, "consumerGroup"),
                RequestMode.of(Json.text(node, "mode")),
                node.path("popShareQueueNum").asInt());
    }

    public ObjectNode toJson() {
        return Json.object()
                .put("consumerGroup", consumerGroup)
                .put("mode", mode.name())
                .put("popShareQueueNum", popShareQueues)
                .put("topic", topic);
    }

    public byte[] encode() {
        return Json.write(toJson());
    }
}
