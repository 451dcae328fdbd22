package io.orbitmq.protocol.header.query;

import io.orbitmq.protocol.frame.Fields;

/**
 * Answer to QUERY_MESSAGE.
 *
 * @param indexPosition log position that the index has reached
 * @param indexTimestamp store time that the index has reached
 */
public record QueryMessageAnswerHeader(long indexPosition, long indexTimestamp) {

    public static QueryMessageAnswerHeader from(Fields fields) {
        return new QueryMessageAnswerHeader(
                fields.longOr("indexLastUpdatePhyoffset", 0), fields.longOr("indexLastUpdateTimestamp", 0));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("indexLastUpdatePhyoffset", indexPosition)
                .put("indexLastUpdateTimestamp", indexTimestamp)
                .build();
    }
}
