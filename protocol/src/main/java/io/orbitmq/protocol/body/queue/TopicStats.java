package io.orbitmq.protocol.body.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Answer to GET_TOPIC_STATS_INFO (protocol/11 section 3.2).
 *
 * @param queues by queue
 * @param putTps messages stored per second
 */
public record TopicStats(Map<MessageQueueKey, Range> queues, double putTps) {

    public TopicStats {
        queues = Collections.unmodifiableMap(new LinkedHashMap<>(queues));
    }

    /**
     * What a queue holds.
     *
     * @param minOffset of the queue
     * @param maxOffset next free offset
     * @param lastUpdateTimestamp store time of the last message, 0 for none
     */
    public record Range(long minOffset, long maxOffset, long lastUpdateTimestamp) {}

    public static TopicStats decode(ByteBuffer body) {
        JsonNode node = Json.readObject(body);
        Map<MessageQueueKey, Range> queues = new LinkedHashMap<>();
        node.path("offsetTable").properties().forEach(member -> {
            JsonNode value = member.getValue();
            queues.put(
                    MessageQueueKey.fromName(member.getKey()),
                    new Range(
                            value.path("minOffset").asLong(),
                            value.path("maxOffset").asLong(),
                            value.path("lastUpdateTimestamp").asLong()));
        });
        return new TopicStats(queues, node.path("topicPutTps").asDouble());
    }

    public byte[] encode() {
        ObjectNode node = Json.object();
        ObjectNode table = node.putObject("offsetTable");
        queues.forEach((queue, range) -> table.putObject(queue.toName())
                .put("lastUpdateTimestamp", range.lastUpdateTimestamp)
                .put("maxOffset", range.maxOffset)
                .put("minOffset", range.minOffset));
        return Json.write(node.put("topicPutTps", putTps));
    }
}
