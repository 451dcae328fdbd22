package io.orbitmq.protocol.header.send;

import io.orbitmq.protocol.frame.Fields;

/**
 * END_TRANSACTION (protocol/06 section 4.3).
 *
 * @param topic real topic, or what the check request said
 * @param producerGroup must equal PGROUP of the half message
 * @param queueOffset of the half message
 * @param position byte place of the half message in the log
 * @param decision 0 unknown, 8 commit, 12 roll back
 * @param fromCheck answers a check
 * @param messageId UNIQ_KEY
 * @param transactionId UNIQ_KEY
 */
public record EndTransactionHeader(
        String topic,
        String producerGroup,
        long queueOffset,
        long position,
        int decision,
        boolean fromCheck,
        String messageId,
        String transactionId) {

    public static EndTransactionHeader from(Fields fields) {
        return new EndTransactionHeader(
                fields.text("topic"),
                fields.required("producerGroup"),
                fields.requiredLong("tranStateTableOffset"),
                fields.requiredLong("commitLogOffset"),
                fields.requiredInt("commitOrRollback"),
                fields.boolOr("fromTransactionCheck", false),
                fields.text("msgId"),
                fields.text("transactionId"));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("topic", topic)
                .put("producerGroup", producerGroup)
                .put("tranStateTableOffset", queueOffset)
                .put("commitLogOffset", position)
                .put("commitOrRollback", decision)
                .put("fromTransactionCheck", fromCheck)
                .put("msgId", messageId)
                .put("transactionId", transactionId)
                .build();
    }
}
