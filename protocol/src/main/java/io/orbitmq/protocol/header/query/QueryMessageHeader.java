package io.orbitmq.protocol.header.query;

import io.orbitmq.protocol.frame.Fields;

/**
 * QUERY_MESSAGE (protocol/11 section 3.5).
 *
 * @param topic topic
 * @param key key
 * @param maxMessages most messages
 * @param beginTimestamp epoch ms, inclusive
 * @param endTimestamp epoch ms, inclusive
 * @param uniqueKey look among unique keys only
 */
public record QueryMessageHeader(
        String topic, String key, int maxMessages, long beginTimestamp, long endTimestamp, boolean uniqueKey) {

    public static QueryMessageHeader from(Fields fields) {
        return new QueryMessageHeader(
                fields.required("topic"),
                fields.required("key"),
                fields.requiredInt("maxNum"),
                fields.requiredLong("beginTimestamp"),
                fields.requiredLong("endTimestamp"),
                fields.boolOr("_UNIQUE_KEY_QUERY", false));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("topic", topic)
                .put("key", key)
                .put("maxNum", maxMessages)
                .put("beginTimestamp", beginTimestamp)
                .put("endTimestamp", endTimestamp)
                .put("_UNIQUE_KEY_QUERY", uniqueKey)
                .build();
    }
}
