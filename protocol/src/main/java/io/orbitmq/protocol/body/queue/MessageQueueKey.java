package io.orbitmq.protocol.body.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;

/**
 * Names one queue of the cluster. As a map's key it is written as the text of its JSON, which the official tools read
 * too; read are that and the object form (protocol/11 section 1).
 *
 * @param topic topic
 * @param brokerName broker
 * @param queueId number of the queue
 */
public record MessageQueueKey(String topic, String brokerName, int queueId) {

    public static MessageQueueKey fromJson(JsonNode node) {
        return new MessageQueueKey(
                Json.text(node, "topic"),
                Json.text(node, "brokerName"),
                node.path("queueId").asInt());
    }

    public ObjectNode toJson() {
        return Json.object()
                .put("brokerName", brokerName)
                .put("queueId", queueId)
                .put("topic", topic);
    }

    /** From a member's name in either form. */
    static MessageQueueKey fromName(String name) {
        return fromJson(Json.read(name));
    }

    /** As a member's name. */
    String toName() {
        return Json.text(toJson());
    }
}
