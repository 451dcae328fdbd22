package io.orbitmq.protocol.header.offset;

import io.orbitmq.protocol.frame.Fields;

/**
 * An offset: answer to QUERY_CONSUMER_OFFSET, GET_MAX_OFFSET, GET_MIN_OFFSET, SEARCH_OFFSET_BY_TIMESTAMP.
 *
 * @param offset offset
 */
public record OffsetAnswerHeader(long offset) {

    public static OffsetAnswerHeader from(Fields fields) {
        return new OffsetAnswerHeader(fields.requiredLong("offset"));
    }

    public Fields toFields() {
        return Fields.builder().put("offset", offset).build();
    }
}
