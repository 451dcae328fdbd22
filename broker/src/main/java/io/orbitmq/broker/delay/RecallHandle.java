package io.orbitmq.broker.delay;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Names a message that waits for a time of its own, so that it can be taken back (protocol/04 section 6): URL-safe Base64
 * of {@code v1 <topic> <brokerName> <timestampMs> <UNIQ_KEY>}.
 *
 * @param topic where it goes in the end
 * @param brokerName where it waits
 * @param timestampMs its delivery time plus 1
 * @param uniqueKey UNIQ_KEY
 */
public record RecallHandle(String topic, String brokerName, long timestampMs, String uniqueKey) {

    private static final String VERSION = "v1";
    private static final int PARTS = 5;

    /** Of a message due at {@code dueMs}. */
    public static RecallHandle of(String topic, String brokerName, long dueMs, String uniqueKey) {
        return new RecallHandle(topic, brokerName, dueMs + 1, uniqueKey);
    }

    /** Empty when the text is no handle. */
    public static Optional<RecallHandle> decode(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ");
            if (parts.length < PARTS || !parts[0].equals(VERSION)) {
                return Optional.empty();
            }
            return Optional.of(new RecallHandle(parts[1], parts[2], Long.parseLong(parts[3]), parts[4]));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public String encode() {
        String text = VERSION + " " + topic + " " + brokerName + " " + timestampMs + " " + uniqueKey;
        return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** When the message is due. */
    public long dueMs() {
        return timestampMs - 1;
    }
}
