package io.orbitmq.protocol.body.topic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;

/**
 * Which state of a table this is; equal only when all three numbers are (protocol/02 section 3.5).
 *
 * @param stateVersion epoch of the controller mode, otherwise 0
 * @param timestamp epoch ms of the last change
 * @param counter number of changes
 */
public record DataVersion(long stateVersion, long timestamp, long counter) {

    public static final DataVersion ZERO = new DataVersion(0, 0, 0);

    /** The version after one more change. */
    public DataVersion next(long nowMs) {
        return new DataVersion(stateVersion, nowMs, counter + 1);
    }

    public static DataVersion fromJson(JsonNode node) {
        return new DataVersion(
                node.path("stateVersion").asLong(),
                node.path("timestamp").asLong(),
                node.path("counter").asLong());
    }

    public ObjectNode toJson() {
        return Json.object()
                .put("counter", counter)
                .put("stateVersion", stateVersion)
                .put("timestamp", timestamp);
    }
}
