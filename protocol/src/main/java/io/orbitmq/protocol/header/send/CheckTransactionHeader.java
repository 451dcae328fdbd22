package io.orbitmq.protocol.header.send;

import io.orbitmq.protocol.frame.Fields;

/**
 * CHECK_TRANSACTION_STATE, server to producer (protocol/06 section 4.6).
 *
 * @param topic the half topic
 * @param queueOffset of the half message
 * @param position byte place of the half message in the log
 * @param messageId UNIQ_KEY
 * @param transactionId UNIQ_KEY
 * @param offsetMessageId offset message id of the half message
 * @param brokerName sender
 */
public record CheckTransactionHeader(
        String topic,
        long queueOffset,
        long position,
        String messageId,
        String transactionId,
        String offsetMessageId,
        String brokerName) {

    public static CheckTransactionHeader from(Fields fields) {
        return new CheckTransactionHeader(
                fields.text("topic"),
                fields.requiredLong("tranStateTableOffset"),
                fields.requiredLong("commitLogOffset"),
                fields.text("msgId"),
                fields.text("transactionId"),
                fields.text("offsetMsgId"),
                fields.text("bname"));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("topic", topic)
                .put("tranStateTableOffset", queueOffset)
                .put("commitLogOffset", position)
                .put("msgId", messageId)
                .put("transactionId", transactionId)
                .put("offsetMsgId", offsetMessageId)
                .put("bname", brokerName)
                .build();
    }
}
