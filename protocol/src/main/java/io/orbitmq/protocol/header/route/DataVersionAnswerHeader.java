package io.orbitmq.protocol.header.route;

import io.orbitmq.protocol.frame.Fields;

/**
 * Answer to QUERY_DATA_VERSION.
 *
 * @param changed the broker must register its topics
 */
public record DataVersionAnswerHeader(boolean changed) {

    public static DataVersionAnswerHeader from(Fields fields) {
        return new DataVersionAnswerHeader(fields.boolOr("changed", true));
    }

    public Fields toFields() {
        return Fields.builder().put("changed", changed).build();
    }
}
