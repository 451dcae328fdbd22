package io.orbitmq.protocol.header.pop;

import io.orbitmq.protocol.frame.Fields;

/**
 * Answer to NOTIFICATION (protocol/08 section 8).
 *
 * @param hasMessage whether a pop would find something
 * @param pollingFull too many are held: ask again later
 */
public record NotificationAnswerHeader(boolean hasMessage, boolean pollingFull) {

    public static NotificationAnswerHeader from(Fields fields) {
        return new NotificationAnswerHeader(fields.boolOr("hasMsg", false), fields.boolOr("pollingFull", false));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("hasMsg", hasMessage)
                .put("pollingFull", pollingFull)
                .build();
    }
}
