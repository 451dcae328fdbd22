package io.orbitmq.protocol.header.query;

import io.orbitmq.protocol.frame.Fields;

/**
 * VIEW_MESSAGE_BY_ID (protocol/11 section 3.5).
 *
 * @param offset byte place in the log
 * @param topic 5.x only
 */
public record ViewMessageHeader(long offset, String topic) {

    public static ViewMessageHeader from(Fields fields) {
        return new ViewMessageHeader(fields.requiredLong("offset"), fields.text("topic"));
    }

    public Fields toFields() {
        return Fields.builder().put("offset", offset).put("topic", topic).build();
    }
}
