package io.orbitmq.broker.manage.topic;

import io.orbitmq.broker.dedup.DuplicateMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Changes to a topic's attributes as operators write them: {@code +message.type=FIFO,-reserve.time} (protocol/11 section
 * 3.2). Attributes that this broker would have to ignore are refused. Stateless.
 */
final class TopicAttributes {

    private static final String MESSAGE_TYPE = "message.type";
    private static final String MIXED = "MIXED";

    /** Known keys and the values that take effect here. */
    private static final Map<String, Set<String>> KNOWN = Map.of(
            MESSAGE_TYPE,
            Set.of("UNSPECIFIED", "NORMAL", "FIFO", "DELAY", "TRANSACTION", MIXED),
            "queue.type",
            Set.of("SimpleCQ"),
            DuplicateMode.ATTRIBUTE,
            Set.of("LOST_ANSWER", "STRICT", "OFF"),
            "cleanup.policy",
            Set.of("DELETE"),
            "reserve.time",
            Set.of("-1"));

    private TopicAttributes() {}

    /**
     * Parses a list of changes; an empty value stands for removal.
     *
     * @throws IllegalArgumentException with the text for the operator
     */
    static Map<String, String> parse(String text) {
        Map<String, String> changes = new LinkedHashMap<>();
        for (String part : text.split(",")) {
            String change = part.trim();
            if (change.isEmpty()) {
                continue;
            }
            int equals = change.indexOf('=');
            if (change.charAt(0) == '-' && equals < 0) {
                changes.put(change.substring(1), "");
            } else if (change.charAt(0) == '+' && equals > 1) {
                changes.put(change.substring(1, equals), change.substring(equals + 1));
            } else {
                throw new IllegalArgumentException("a change of attributes must be +key=value or -key, found '" + change
                        + "'; for example +message.type=FIFO");
            }
        }
        return changes;
    }

    /** Whether a change asks for messages of all types in one topic, which has a code of its own. */
    static boolean asksForMixed(Map<String, String> changes) {
        return MIXED.equalsIgnoreCase(changes.getOrDefault(MESSAGE_TYPE, ""));
    }

    /**
     * The attributes after the changes.
     *
     * @throws IllegalArgumentException with the text for the operator
     */
    static Map<String, String> apply(Map<String, String> before, Map<String, String> changes) {
        Map<String, String> after = new LinkedHashMap<>(before);
        changes.forEach((key, value) -> {
            Set<String> allowed = KNOWN.get(key);
            if (allowed == null) {
                throw new IllegalArgumentException("unsupported key: " + key);
            }
            if (value.isEmpty()) {
                after.remove(key);
            } else if (allowed.contains(value)) {
                after.put(key, value);
            } else {
                throw new IllegalArgumentException(
                        "the attribute " + key + " takes one of " + allowed + " on this broker, found '" + value + "'");
            }
        });
        return after;
    }
}
