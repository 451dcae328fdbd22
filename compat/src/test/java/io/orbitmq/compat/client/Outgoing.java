package io.orbitmq.compat.client;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A message to send.
 *
 * @param tag empty for none
 * @param keys separated by blanks, empty for none
 * @param properties user properties
 */
public record Outgoing(String topic, String tag, String keys, byte[] body, Map<String, String> properties) {

    /** The user property by which a scenario asks for a delay level; the adapter turns it into the message's own. */
    public static final String DELAY_LEVEL = "scenarioDelayLevel";

    /** The user property by which a scenario asks for a delay in milliseconds; 5.x clients only. */
    public static final String DELAY_MS = "scenarioDelayMs";

    public static Outgoing of(String topic, String text) {
        return new Outgoing(topic, "", "", text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    public static Outgoing of(String topic, byte[] body) {
        return new Outgoing(topic, "", "", body, Map.of());
    }

    public Outgoing tag(String tag) {
        return new Outgoing(topic, tag, keys, body, properties);
    }

    public Outgoing keys(String keys) {
        return new Outgoing(topic, tag, keys, body, properties);
    }

    public Outgoing delayMs(long delayMs) {
        return properties(Map.of(DELAY_MS, String.valueOf(delayMs)));
    }

    public Outgoing delayLevel(int level) {
        return properties(Map.of(DELAY_LEVEL, String.valueOf(level)));
    }

    public Outgoing properties(Map<String, String> properties) {
        return new Outgoing(topic, tag, keys, body, properties);
    }
}
