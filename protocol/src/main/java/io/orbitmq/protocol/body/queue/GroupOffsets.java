package io.orbitmq.protocol.body.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.body.topic.DataVersion;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All consumer offsets of a broker: answer to GET_ALL_CONSUMER_OFFSET, and content of RocketMQ's consumerOffset.json
 * (protocol/07 section 7).
 *
 * @param version of the table
 * @param offsets by {@code topic@group} and queue id
 */
public record GroupOffsets(DataVersion version, Map<String, Map<Integer, Long>> offsets) {

    public GroupOffsets {
        offsets = Collections.unmodifiableMap(new LinkedHashMap<>(offsets));
    }

    public static GroupOffsets decode(ByteBuffer body) {
        JsonNode node = Json.readObject(body);
        Map<String, Map<Integer, Long>> offsets = new LinkedHashMap<>();
        node.path("offsetTable").properties().forEach(member -> {
            Map<Integer, Long> queues = new LinkedHashMap<>();
            Json.longMap(member.getValue())
                    .forEach((queue, offset) -> queues.put((int) Json.numericName(queue), offset));
            offsets.put(member.getKey(), queues);
        });
        return new GroupOffsets(DataVersion.fromJson(node.path("dataVersion")), offsets);
    }

    public byte[] encode() {
        ObjectNode node = Json.object();
        node.set("dataVersion", version.toJson());
        ObjectNode table = node.putObject("offsetTable");
        offsets.forEach((key, queues) -> {
            ObjectNode perQueue = table.putObject(key);
            queues.forEach((queue, offset) -> perQueue.put(Integer.toString(queue), offset));
        });
        return Json.write(node);
    }
}
