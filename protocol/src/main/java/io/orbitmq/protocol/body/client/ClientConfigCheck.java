package io.orbitmq.protocol.body.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;

/**
 * Body of CHECK_CLIENT_CONFIG (protocol/07 section 11).
 *
 * @param clientId who
 * @param group of which group
 * @param subscription to check
 */
public record ClientConfigCheck(String clientId, String group, Subscription subscription) {

    public static ClientConfigCheck decode(ByteBuffer body) {
        JsonNode node = Json.readObject(body);
        return new ClientConfigCheck(
                Json.text(node, "clientId"),
                Json.text(node, "group"),
                Subscription.fromJson(node.path("subscriptionData")));
    }

    public byte[] encode() {
        ObjectNode node = Json.object().put("clientId", clientId).put("group", group);
        node.set("subscriptionData", subscription.toJson());
        return Json.write(node);
    }
}
