package io.orbitmq.protocol.body.group;

import com.fasterxml.jackson.databind.JsonNode;
import io.orbitmq.protocol.body.client.MessageModel;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;

/**
 * Body of QUERY_ASSIGNMENT: a member of a group asks for its share of a topic's queues (protocol/07 section 15).
 *
 * @param topic topic
 * @param consumerGroup group
 * @param clientId who asks
 * @param strategy how queues are shared out, {@code AVG} or {@code AVG_BY_CIRCLE}
 * @param model whether members share the messages
 */
public record AssignmentQuery(
        String topic, String consumerGroup, String clientId, String strategy, MessageModel model) {

    public static AssignmentQuery decode(ByteBuffer body) {
        JsonNode node = Json.readObject(body);
        return new AssignmentQuery(
                Json.text(node, "topic"),
                Json.text(node, "consumerGroup"),
                Json.text(node, "clientId"),
                Json.text(node, "strategyName"),
                MessageModel.of(Json.text(node, "messageModel")));
    }

    public byte[] encode() {
        return Json.write(Json.object()
                .put("clientId", clientId)
                .put("consumerGroup", consumerGroup)
                .put("messageModel", model.name())
                .put("strategyName", strategy)
                .put("topic", topic));
    }
}
