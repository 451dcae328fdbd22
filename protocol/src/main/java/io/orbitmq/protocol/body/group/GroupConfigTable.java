package io.orbitmq.protocol.body.group;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.body.topic.DataVersion;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All groups of a broker: answer to GET_ALL_SUBSCRIPTIONGROUP_CONFIG (protocol/11 section 3.3).
 *
 * @param version of the table
 * @param groups settings by group
 */
public record GroupConfigTable(DataVersion version, Map<String, GroupConfig> groups) {

    public GroupConfigTable {
        groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
    }

    public static GroupConfigTable decode(ByteBuffer body) {
        JsonNode node = Json.readObject(body);
        Map<String, GroupConfig> groups = new LinkedHashMap<>();
        node.path("subscriptionGroupTable")
                .properties()
                .forEach(member -> groups.put(member.getKey(), GroupConfig.fromJson(member.getValue())));
        return new GroupConfigTable(DataVersion.fromJson(node.path("dataVersion")), groups);
    }

    public byte[] encode() {
        ObjectNode node = Json.object();
        node.set("dataVersion", version.toJson());
        node.putObject("forbiddenTable");
        ObjectNode table = node.putObject("subscriptionGroupTable");
        groups.forEach((group, config) -> table.set(group, config.toJson()));
        return Json.write(node);
    }
}
