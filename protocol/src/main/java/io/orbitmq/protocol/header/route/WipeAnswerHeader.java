package io.orbitmq.protocol.header.route;

import io.orbitmq.protocol.frame.Fields;

/**
 * Answer to WIPE_WRITE_PERM_OF_BROKER.
 *
 * @param topicCount number of changed entries
 */
public record WipeAnswerHeader(int topicCount) {

    public static WipeAnswerHeader from(Fields fields) {
        return new WipeAnswerHeader(fields.intOr("wipeTopicCount", 0));
    }

    public Fields toFields() {
        return Fields.builder().put("wipeTopicCount", topicCount).build();
    }
}
