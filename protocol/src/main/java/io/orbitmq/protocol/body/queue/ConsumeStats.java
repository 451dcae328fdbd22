package io.orbitmq.protocol.body.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Answer to GET_CONSUME_STATS (protocol/11 section 3.4).
 *
 * @param queues by queue
 * @param consumeTps messages consumed per second
 */
public record ConsumeStats(Map<MessageQueueKey, Progress> queues, double consumeTps) {

    public ConsumeStats {
        queues = Collections.unmodifiableMap(new LinkedHashMap<>(queues));
    }

    /**
     * How far a group is in a queue.
     *
     * @param brokerOffset next free offset
     * @param consumerOffset committed
     * @param pullOffset pulled
     * @param lastTimestamp store time of the last consumed message, 0 for none
     */
    public record Progress(long brokerOffset, long consumerOffset, long pullOffset, long lastTimestamp) {}

    public static ConsumeStats decode(ByteBuffer body) {
        return fromJson(Json.readObject(body));
    }

    public byte[] encode() {
        return Json.write(toJson());
    }

    static ConsumeStats fromJson(JsonNode node) {
        Map<MessageQueueKey, Progress> queues = new LinkedHashMap<>();
        node.path("offsetTable").properties().forEach(member -> {
            JsonNode value = member.getValue();
            queues.put(
                    MessageQueueKey.fromName(member.getKey()),
                    new Progress(
                            value.path("brokerOffset").asLong(),
                            value.path("consumerOffset").asLong(),
                            value.path("pullOffset").asLong(),
                            value.path("lastTimestamp").asLong()));
        });
        return new ConsumeStats(queues, node.path("consumeTps").asDouble());
    }

    ObjectNode toJson() {
        ObjectNode node = Json.object().put("consumeTps", consumeTps);
        ObjectNode table = node.putObject("offsetTable");
        queues.forEach((queue, progress) -> table.putObject(queue.toName())
                .put("brokerOffset", progress.brokerOffset)
                .put("consumerOffset", progress.consumerOffset)
                .put("lastTimestamp", progress.lastTimestamp)
                .put("pullOffset", progress.pullOffset));
        return node;
    }
}
