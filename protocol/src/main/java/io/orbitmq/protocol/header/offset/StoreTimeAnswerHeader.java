package io.orbitmq.protocol.header.offset;

import io.orbitmq.protocol.frame.Fields;

/**
 * Answer to GET_EARLIEST_MSG_STORETIME.
 *
 * @param timestamp epoch ms, -1 for none
 */
public record StoreTimeAnswerHeader(long timestamp) {

    public static StoreTimeAnswerHeader from(Fields fields) {
        return new StoreTimeAnswerHeader(fields.requiredLong("timestamp"));
    }

    public Fields toFields() {
        return Fields.builder().put("timestamp", timestamp).build();
    }
}
