package io.orbitmq.protocol.header.group;

import io.orbitmq.protocol.frame.Fields;

/**
 * Answer to HEART_BEAT (protocol/07 section 1).
 *
 * @param supportsV2 the broker compares fingerprints
 * @param subscriptionChanged the client must send its subscriptions
 */
public record HeartbeatAnswerHeader(boolean supportsV2, boolean subscriptionChanged) {

    public static HeartbeatAnswerHeader from(Fields fields) {
        return new HeartbeatAnswerHeader(
                fields.boolOr("IS_SUPPORT_HEART_BEAT_V2", false), fields.boolOr("IS_SUB_CHANGE", false));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("IS_SUPPORT_HEART_BEAT_V2", supportsV2)
                .put("IS_SUB_CHANGE", subscriptionChanged)
                .build();
    }
}
