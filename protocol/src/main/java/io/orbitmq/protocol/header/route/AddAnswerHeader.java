package io.orbitmq.protocol.header.route;

import io.orbitmq.protocol.frame.Fields;

/**
 * Answer to ADD_WRITE_PERM_OF_BROKER.
 *
 * @param topicCount number of changed entries
 */
public record AddAnswerHeader(int topicCount) {

    public static AddAnswerHeader from(Fields fields) {
        return new AddAnswerHeader(fields.intOr("addTopicCount", 0));
    }

    public Fields toFields() {
        return Fields.builder().put("addTopicCount", topicCount).build();
    }
}
