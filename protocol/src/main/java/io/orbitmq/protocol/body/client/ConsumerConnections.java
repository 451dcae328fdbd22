package io.orbitmq.protocol.body.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The online members of a consumer group: answer to GET_CONSUMER_CONNECTION_LIST (protocol/11 section 3.4).
 *
 * @param connections members
 * @param subscriptions by topic
 * @param type how the group gets messages
 * @param model shared or broadcast
 * @param consumeFromWhere where a group without offsets starts
 */
public record ConsumerConnections(
        List<ClientConnection> connections,
        Map<String, Subscription> subscriptions,
        ConsumeType type,
        MessageModel model,
        String consumeFromWhere) {

    public ConsumerConnections {
        connections = List.copyOf(connections);
        subscriptions = Collections.unmodifiableMap(new LinkedHashMap<>(subscriptions));
    }

    public static ConsumerConnections decode(ByteBuffer body) {
        JsonNode node = Json.readObject(body);
        Map<String, Subscription> subscriptions = new LinkedHashMap<>();
        node.path("subscriptionTable")
                .properties()
                .forEach(member -> subscriptions.put(member.getKey(), Subscription.fromJson(member.getValue())));
        return new ConsumerConnections(
                ClientConnection.fromJson(node.path("connectionSet")),
                subscriptions,
                ConsumeType.of(Json.text(node, "consumeType")),
                MessageModel.of(Json.text(node, "messageModel")),
                Json.text(node, "consumeFromWhere"));
    }

    public byte[] encode() {
        ObjectNode node = Json.object();
        ClientConnection.write(connections, node);
        node.put("consumeFromWhere", consumeFromWhere)
                .put("consumeType", type.name())
                .put("messageModel", model.name());
        ObjectNode table = node.putObject("subscriptionTable");
        subscriptions.forEach((topic, subscription) -> table.set(topic, subscription.toJson()));
        return Json.write(node);
    }
}
