package io.orbitmq.protocol.body.broker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;

/**
 * One measure over three spans: answer to VIEW_BROKER_STATS_DATA (protocol/11 section 3.5).
 *
 * @param minute last minute
 * @param hour last hour
 * @param day last day
 */
public record StatsSnapshot(Span minute, Span hour, Span day) {

    /**
     * A measure over a span of time.
     *
     * @param sum total
     * @param tps per second
     * @param average per call
     */
    public record Span(long sum, double tps, double average) {

        private static Span fromJson(JsonNode node) {
            return new Span(
                    node.path("sum").asLong(),
                    node.path("tps").asDouble(),
                    node.path("avgpt").asDouble());
        }

        private ObjectNode toJson() {
            return Json.object().put("avgpt", average).put("sum", sum).put("tps", tps);
        }
    }

    public static StatsSnapshot decode(ByteBuffer body) {
        JsonNode node = Json.readObject(body);
        return new StatsSnapshot(
                Span.fromJson(node.path("statsMinute")),
                Span.fromJson(node.path("statsHour")),
                Span.fromJson(node.path("statsDay")));
    }

    public byte[] encode() {
        ObjectNode node = Json.object();
        node.set("statsDay", day.toJson());
        node.set("statsHour", hour.toJson());
        node.set("statsMinute", minute.toJson());
        return Json.write(node);
    }
}
