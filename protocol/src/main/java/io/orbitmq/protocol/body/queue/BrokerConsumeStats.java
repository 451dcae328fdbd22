package io.orbitmq.protocol.body.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Answer to GET_BROKER_CONSUME_STATS (protocol/11 section 3.4).
 *
 * @param brokerAddress {@code ip:port}
 * @param groups statistics by group, one entry per topic
 * @param totalDiff messages not yet consumed
 * @param totalInflightDiff messages pulled and not yet consumed
 */
public record BrokerConsumeStats(
        String brokerAddress, Map<String, List<ConsumeStats>> groups, long totalDiff, long totalInflightDiff) {

    public BrokerConsumeStats {
        groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
    }

    public static BrokerConsumeStats decode(ByteBuffer body) {
        JsonNode node = Json.readObject(body);
        Map<String, List<ConsumeStats>> groups = new LinkedHashMap<>();
        for (JsonNode entry : node.path("consumeStatsList")) {
            entry.properties().forEach(member -> {
                List<ConsumeStats> stats = new ArrayList<>();
                member.getValue().forEach(item -> stats.add(ConsumeStats.fromJson(item)));
                groups.put(member.getKey(), stats);
            });
        }
        return new BrokerConsumeStats(
                Json.text(node, "brokerAddr"),
                groups,
                node.path("totalDiff").asLong(),
                node.path("totalInflightDiff").asLong());
    }

    public byte[] encode() {
        ObjectNode node = Json.object().put("brokerAddr", brokerAddress);
        ArrayNode list = node.putArray("consumeStatsList");
        groups.forEach((group, stats) -> {
            ArrayNode perTopic = list.addObject().putArray(group);
            stats.forEach(item -> perTopic.add(item.toJson()));
        });
        return Json.write(node.put("totalDiff", totalDiff).put("totalInflightDiff", totalInflightDiff));
    }
}
