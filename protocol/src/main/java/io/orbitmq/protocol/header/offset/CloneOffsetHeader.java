package io.orbitmq.protocol.header.offset;

import io.orbitmq.protocol.frame.Fields;

/**
 * CLONE_GROUP_OFFSET (protocol/11 section 3.4).
 *
 * @param sourceGroup group that has them
 * @param targetGroup group that gets them
 * @param topic empty for all topics of the source
 * @param offline also for groups that are not online
 */
public record CloneOffsetHeader(String sourceGroup, String targetGroup, String topic, boolean offline) {

    public static CloneOffsetHeader from(Fields fields) {
        return new CloneOffsetHeader(
                fields.required("srcGroup"),
                fields.required("destGroup"),
                fields.text("topic"),
                fields.boolOr("offline", false));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("srcGroup", sourceGroup)
                .put("destGroup", targetGroup)
                .put("topic", topic)
                .put("offline", offline)
                .build();
    }
}
