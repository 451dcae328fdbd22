package io.orbitmq.protocol.header.send;

import io.orbitmq.protocol.frame.Fields;

/**
 * Answer to a send (protocol/04 section 1.2). All four leading fields must be there with codes 0, 10, 11, 12.
 *
 * @param messageId offset message id; ids joined by comma for a batch
 * @param queueId the queue used
 * @param queueOffset where the message, or the first of a batch, was stored
 * @param transactionId the UNIQ_KEY, empty when the batch had none
 * @param batchUniqueId only for an inner batch
 * @param recallHandle only for a message with an arbitrary delay
 * @param region always sent, also with errors
 * @param traceOn always sent, also with errors
 */
public record SendAnswerHeader(
        String messageId,
        int queueId,
        long queueOffset,
        String transactionId,
        String batchUniqueId,
        String recallHandle,
        String region,
        boolean traceOn) {

    public static SendAnswerHeader from(Fields fields) {
        return new SendAnswerHeader(
                fields.text("msgId"),
                fields.requiredInt("queueId"),
                fields.requiredLong("queueOffset"),
                fields.text("transactionId"),
                fields.text("batchUniqId"),
                fields.text("recallHandle"),
                fields.text("MSG_REGION"),
                fields.boolOr("TRACE_ON", true));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("msgId", messageId)
                .put("queueId", queueId)
                .put("queueOffset", queueOffset)
                .put("transactionId", transactionId)
                .put("batchUniqId", batchUniqueId)
                .put("recallHandle", recallHandle)
                .put("MSG_REGION", region)
                .put("TRACE_ON", traceOn)
                .build();
    }
}
