package io.orbitmq.protocol.body.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * A connected client as operators see it (protocol/11 section 3.4).
 *
 * @param clientId who
 * @param clientAddress {@code ip:port}
 * @param language as its frames say
 * @param version as its frames say
 */
public record ClientConnection(String clientId, String clientAddress, String language, int version) {

    static List<ClientConnection> fromJson(JsonNode array) {
        List<ClientConnection> connections = new ArrayList<>();
        for (JsonNode item : array) {
            connections.add(new ClientConnection(
                    Json.text(item, "clientId"),
                    Json.text(item, "clientAddr"),
                    Json.text(item, "language"),
                    item.path("version").asInt()));
        }
        return connections;
    }

    static void write(List<ClientConnection> connections, ObjectNode target) {
        ArrayNode set = target.putArray("connectionSet");
        for (ClientConnection connection : connections) {
            set.addObject()
                    .put("clientAddr", connection.clientAddress)
                    .put("clientId", connection.clientId)
                    .put("language", connection.language)
                    .put("version", connection.version);
        }
    }
}
