package io.orbitmq.protocol.body.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.List;

/** Answer to GET_CONSUMER_LIST_BY_GROUP (protocol/07 section 3). @param clientIds one per connection */
public record ConsumerList(List<String> clientIds) {

    public ConsumerList {
        clientIds = List.copyOf(clientIds);
    }

    public static ConsumerList decode(ByteBuffer body) {
        return new ConsumerList(Json.texts(Json.readObject(body).path("consumerIdList")));
    }

    public byte[] encode() {
        ObjectNode node = Json.object();
        node.set("consumerIdList", Json.array(clientIds));
        return Json.write(node);
    }
}
