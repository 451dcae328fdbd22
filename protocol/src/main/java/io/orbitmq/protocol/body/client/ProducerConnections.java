package io.orbitmq.protocol.body.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.List;

/** Answer to GET_PRODUCER_CONNECTION_LIST (protocol/11 section 3.4). @param connections members of the group */
public record ProducerConnections(List<ClientConnection> connections) {

    public ProducerConnections {
        connections = List.copyOf(connections);
    }

    public static ProducerConnections decode(ByteBuffer body) {
        return new ProducerConnections(
                ClientConnection.fromJson(Json.readObject(body).path("connectionSet")));
    }

    public byte[] encode() {
        ObjectNode node = Json.object();
        ClientConnection.write(connections, node);
        return Json.write(node);
    }
}
