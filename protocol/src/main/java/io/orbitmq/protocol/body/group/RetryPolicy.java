package io.orbitmq.protocol.body.group;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * When a failed message comes again (protocol/11 section 3.3). What is not set has the server's own rule.
 *
 * @param type which of the two
 * @param customizedMs waits for each try, empty for the server's own
 * @param initialMs first wait of the exponential policy
 * @param maxMs longest wait of the exponential policy
 * @param multiplier growth of the exponential policy
 */
public record RetryPolicy(Type type, List<Long> customizedMs, long initialMs, long maxMs, int multiplier) {

    /** Waits as the server has them. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(Type.CUSTOMIZED, List.of(), 0, 0, 0);

    private static final long DEFAULT_INITIAL_MS = 5_000;
    private static final long DEFAULT_MAX_MS = 7_200_000;
    private static final int DEFAULT_MULTIPLIER = 2;

    public RetryPolicy {
        customizedMs = List.copyOf(customizedMs);
    }

    /** Kinds of policy. */
    public enum Type {
        CUSTOMIZED,
        EXPONENTIAL
    }

    static RetryPolicy fromJson(JsonNode node) {
        if ("EXPONENTIAL".equals(Json.text(node, "type"))) {
            JsonNode policy = node.path("exponentialRetryPolicy");
            return new RetryPolicy(
                    Type.EXPONENTIAL,
                    List.of(),
                    policy.path("initial").asLong(DEFAULT_INITIAL_MS),
                    policy.path("max").asLong(DEFAULT_MAX_MS),
                    policy.path("multiplier").asInt(DEFAULT_MULTIPLIER));
        }
        List<Long> waits = new ArrayList<>();
        node.path("customizedRetryPolicy").path("next").forEach(wait -> waits.add(wait.asLong()));
        return waits.isEmpty() ? DEFAULT : new RetryPolicy(Type.CUSTOMIZED, waits, 0, 0, 0);
    }

    ObjectNode toJson() {
        ObjectNode node = Json.object();
        if (type == Type.EXPONENTIAL) {
            node.putObject("exponentialRetryPolicy")
                    .put("initial", initialMs)
                    .put("max", maxMs)
                    .put("multiplier", multiplier);
        } else if (!customizedMs.isEmpty()) {
            ArrayNode next = node.putObject("customizedRetryPolicy").putArray("next");
            customizedMs.forEach(next::add);
        }
        return node.put("type", type.name());
    }
}
