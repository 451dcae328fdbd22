package io.orbitmq.protocol.body.topic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;

/**
 * Names of topics, in the answers to 206, 224, 304, 305, 311, 312, 313, 343.
 *
 * @param topics names
 * @param brokerAddress only with 304: one broker of the cluster; empty otherwise
 */
public record TopicList(List<String> topics, String brokerAddress) {

    public TopicList {
        topics = List.copyOf(topics);
    }

    public static TopicList of(Collection<String> topics) {
        return new TopicList(List.copyOf(topics), "");
    }

    public static TopicList decode(ByteBuffer body) {
        JsonNode node = Json.readObject(body);
        return new TopicList(Json.texts(node.path("topicList")), Json.text(node, "brokerAddr"));
    }

    public byte[] encode() {
        ObjectNode node = Json.object();
        if (!brokerAddress.isEmpty()) {
            node.put("brokerAddr", brokerAddress);
        }
        node.set("topicList", Json.array(topics));
        return Json.write(node);
    }
}
