package io.orbitmq.protocol.body.topic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Body of UPDATE_AND_CREATE_TOPIC_LIST. @param topics settings to create or change */
public record TopicConfigList(List<TopicConfig> topics) {

    public TopicConfigList {
        topics = List.copyOf(topics);
    }

    public static TopicConfigList decode(ByteBuffer body) {
        List<TopicConfig> topics = new ArrayList<>();
        Json.readObject(body).path("topicConfigList").forEach(node -> topics.add(TopicConfig.fromJson(node)));
        return new TopicConfigList(topics);
    }

    public byte[] encode() {
        ObjectNode node = Json.object();
        ArrayNode list = node.putArray("topicConfigList");
        topics.forEach(config -> list.add(config.toJson()));
        return Json.write(node);
    }
}
