package io.orbitmq.broker.dedup;

import io.orbitmq.protocol.body.topic.TopicConfig;
import java.util.Map;

/** What a topic's attribute {@code send.dedup} asks for. */
public enum DuplicateMode {
    /** Only a send whose first answer may be lost is recognised; the default. */
    LOST_ANSWER,
    /** Every send with the UNIQ_KEY and the body of an earlier one is recognised, within the window. */
    STRICT,
    /** Every send is stored. */
    OFF;

    /** The attribute's key. */
    public static final String ATTRIBUTE = "send.dedup";

    /** The topic's mode; a value that is none counts as the default. */
    public static DuplicateMode of(TopicConfig topic) {
        Map<String, String> attributes = topic.attributes();
        if (attributes.isEmpty()) {
            return LOST_ANSWER;
        }
        return switch (attributes.getOrDefault(ATTRIBUTE, "")) {
            case "STRICT" -> STRICT;
            case "OFF" -> OFF;
            default -> LOST_ANSWER;
        };
    }
}
