package io.orbitmq.protocol.body.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Offsets by queue: answer to INVOKE_BROKER_TO_RESET_OFFSET and body of RESET_CONSUMER_CLIENT_OFFSET (protocol/07
 * section 12).
 *
 * @param offsets by queue
 */
public record QueueOffsets(Map<MessageQueueKey, Long> offsets) {

    public QueueOffsets {
        offsets = Collections.unmodifiableMap(new LinkedHashMap<>(offsets));
    }

    public static QueueOffsets decode(ByteBuffer body) {
        return new QueueOffsets(fromJson(Json.readObject(body).path("offsetTable")));
    }

    public byte[] encode() {
        ObjectNode node = Json.object();
        node.set("offsetTable", toJson(offsets));
        return Json.write(node);
    }

    static Map<MessageQueueKey, Long> fromJson(JsonNode table) {
        Map<MessageQueueKey, Long> offsets = new LinkedHashMap<>();
        table.properties()
                .forEach(member -> offsets.put(
                        MessageQueueKey.fromName(member.getKey()),
                        member.getValue().asLong()));
        return offsets;
    }

    static ObjectNode toJson(Map<MessageQueueKey, Long> offsets) {
        ObjectNode table = Json.object();
        offsets.forEach((queue, offset) -> table.put(queue.toName(), offset));
        return table;
    }
}
