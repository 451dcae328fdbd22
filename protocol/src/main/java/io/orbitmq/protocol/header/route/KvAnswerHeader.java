package io.orbitmq.protocol.header.route;

import io.orbitmq.protocol.frame.Fields;

/**
 * Answer to GET_KV_CONFIG.
 *
 * @param value value
 */
public record KvAnswerHeader(String value) {

    public static KvAnswerHeader from(Fields fields) {
        return new KvAnswerHeader(fields.text("value"));
    }

    public Fields toFields() {
        return Fields.builder().put("value", value).build();
    }
}
