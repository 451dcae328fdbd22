package io.orbitmq.protocol.header.query;

import io.orbitmq.protocol.frame.Fields;

/**
 * RESUME_CHECK_HALF_MESSAGE (protocol/06 section 4.7).
 *
 * @param messageId offset message id
 * @param topic topic
 */
public record ResumeCheckHeader(String messageId, String topic) {

    public static ResumeCheckHeader from(Fields fields) {
        return new ResumeCheckHeader(fields.required("msgId"), fields.text("topic"));
    }

    public Fields toFields() {
        return Fields.builder().put("msgId", messageId).put("topic", topic).build();
    }
}
