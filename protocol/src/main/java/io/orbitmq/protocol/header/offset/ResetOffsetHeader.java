package io.orbitmq.protocol.header.offset;

import io.orbitmq.protocol.frame.Fields;

/**
 * INVOKE_BROKER_TO_RESET_OFFSET, and RESET_CONSUMER_CLIENT_OFFSET to the client (protocol/07 section 12).
 *
 * @param topic topic
 * @param group group
 * @param timestamp epoch ms, -1 for the end
 * @param force also backwards
 * @param queueId -1 for all queues
 * @param offset -1: by time
 */
public record ResetOffsetHeader(String topic, String group, long timestamp, boolean force, int queueId, long offset) {

    public static ResetOffsetHeader from(Fields fields) {
        return new ResetOffsetHeader(
                fields.required("topic"),
                fields.required("group"),
                fields.longOr("timestamp", -1),
                fields.boolOr("isForce", false),
                fields.intOr("queueId", -1),
                fields.longOr("offset", -1));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("topic", topic)
                .put("group", group)
                .put("timestamp", timestamp)
                .put("isForce", force)
                .put("queueId", queueId)
                .put("offset", offset)
                .build();
    }
}
