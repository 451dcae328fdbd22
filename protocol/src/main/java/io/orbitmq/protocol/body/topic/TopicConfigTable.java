package io.orbitmq.protocol.body.topic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All topics of a broker: answer to GET_ALL_TOPIC_CONFIG and core of a registration (protocol/02 section 3.2).
 *
 * @param version of the table
 * @param topics settings by topic
 * @param mappings what static topics' mappings look like, by topic, as JSON trees that nobody changes
 */
public record TopicConfigTable(DataVersion version, Map<String, TopicConfig> topics, Map<String, JsonNode> mappings) {

    public TopicConfigTable {
        topics = Collections.unmodifiableMap(new LinkedHashMap<>(topics));
        mappings = Collections.unmodifiableMap(new LinkedHashMap<>(mappings));
    }

    public static TopicConfigTable of(DataVersion version, Map<String, TopicConfig> topics) {
        return new TopicConfigTable(version, topics, Map.of());
    }

    public static TopicConfigTable fromJson(JsonNode node) {
        Map<String, TopicConfig> topics = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : node.path("topicConfigTable").properties()) {
            topics.put(member.getKey(), TopicConfig.fromJson(member.getValue()));
        }
        Map<String, JsonNode> mappings = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member :
                node.path("topicQueueMappingInfoMap").properties()) {
            mappings.put(member.getKey(), member.getValue());
        }
        return new TopicConfigTable(DataVersion.fromJson(node.path("dataVersion")), topics, mappings);
    }

    public ObjectNode toJson() {
        ObjectNode node = Json.object();
        node.set("dataVersion", version.toJson());
        node.set("mappingDataVersion", DataVersion.ZERO.toJson());
        ObjectNode table = node.putObject("topicConfigTable");
        topics.forEach((topic, config) -> table.set(topic, config.toJson()));
        node.putObject("topicQueueMappingDetailMap");
        ObjectNode map = node.putObject("topicQueueMappingInfoMap");
        mappings.forEach(map::set);
        return node;
    }

    public static TopicConfigTable decode(ByteBuffer body) {
        return fromJson(Json.readObject(body));
    }

    public byte[] encode() {
        return Json.write(toJson());
    }
}
