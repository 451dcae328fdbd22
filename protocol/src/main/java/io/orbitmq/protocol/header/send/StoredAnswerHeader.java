package io.orbitmq.protocol.header.send;

import io.orbitmq.protocol.frame.FieldName;
import io.orbitmq.protocol.frame.FieldSink;
import io.orbitmq.protocol.frame.FieldWriter;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.message.OffsetMessageIds;

/**
 * The answer to a send whose message, or batch, was stored: what {@link SendAnswerHeader} reads, written straight into the
 * frame (protocol/04 section 1.2).
 *
 * @param messageIds of the message, or of all in a batch
 * @param queueId the queue used
 * @param queueOffset where the message, or the first of a batch, was stored
 * @param transactionId the UNIQ_KEY, empty when the batch had none
 * @param recallHandle only for a message with an arbitrary delay, else empty
 * @param region always sent
 * @param traceOn always sent
 */
public record StoredAnswerHeader(
        OffsetMessageIds messageIds,
        int queueId,
        long queueOffset,
        String transactionId,
        String recallHandle,
        String region,
        boolean traceOn)
        implements FieldWriter {

    private static final FieldName MESSAGE_ID = FieldName.of("msgId");
    private static final FieldName QUEUE_ID = FieldName.of("queueId");
    private static final FieldName QUEUE_OFFSET = FieldName.of("queueOffset");
    private static final FieldName TRANSACTION_ID = FieldName.of("transactionId");
    private static final FieldName RECALL_HANDLE = FieldName.of("recallHandle");
    private static final FieldName REGION = FieldName.of("MSG_REGION");
    private static final FieldName TRACE_ON = FieldName.of("TRACE_ON");

    public Fields toFields() {
        return Fields.written(this);
    }

    @Override
    public void writeTo(FieldSink sink) {
        messageIds.writeTo(sink.open(MESSAGE_ID));
        sink.close();
        sink.number(QUEUE_ID, queueId);
        sink.number(QUEUE_OFFSET, queueOffset);
        sink.text(TRANSACTION_ID, transactionId);
        sink.text(RECALL_HANDLE, recallHandle);
        sink.text(REGION, region);
        sink.flag(TRACE_ON, traceOn);
    }
}
