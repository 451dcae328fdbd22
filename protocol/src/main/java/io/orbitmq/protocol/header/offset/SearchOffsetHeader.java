package io.orbitmq.protocol.header.offset;

import io.orbitmq.protocol.frame.Fields;

/**
 * SEARCH_OFFSET_BY_TIMESTAMP (protocol/07 section 8).
 *
 * @param topic topic
 * @param queueId number of the queue
 * @param timestamp epoch ms
 * @param boundaryType LOWER or UPPER in any letter case
 */
public record SearchOffsetHeader(String topic, int queueId, long timestamp, String boundaryType) {

    public static SearchOffsetHeader from(Fields fields) {
        return new SearchOffsetHeader(
                fields.required("topic"),
                fields.requiredInt("queueId"),
                fields.requiredLong("timestamp"),
                fields.textOr("boundaryType", "LOWER"));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("topic", topic)
                .put("queueId", queueId)
                .put("timestamp", timestamp)
                .put("boundaryType", boundaryType)
                .build();
    }
}
