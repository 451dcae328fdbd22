package io.orbitmq.protocol.header.send;

import io.orbitmq.protocol.frame.ConstantFields;
import io.orbitmq.protocol.frame.FieldName;
import io.orbitmq.protocol.frame.FieldSink;
import io.orbitmq.protocol.frame.FieldWriter;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.message.OffsetMessageIds;
import io.orbitmq.protocol.message.Utf8Range;

/**
 * The answer to a send whose message, or batch, was stored: what {@link SendAnswerHeader} reads, written straight into the
 * frame (protocol/04 section 1.2).
 *
 * @param messageIds of the message, or of all in a batch
 * @param queueId the queue used
 * @param queueOffset where the message, or the first of a batch, was stored
 * @param transactionId the UNIQ_KEY, empty when the batch had none
 * @param recallHandle only for a message with an arbitrary delay, else empty
 * @param common region and trace switch, always sent
 */
public record StoredAnswerHeader(
        OffsetMessageIds messageIds,
        int queueId,
        long queueOffset,
        Utf8Range transactionId,
        String recallHandle,
        ConstantFields common)
        implements FieldWriter {

    private static final FieldName MESSAGE_ID = FieldName.of("msgId");
    private static final FieldName QUEUE_ID = FieldName.of("queueId");
    private static final FieldName QUEUE_OFFSET = FieldName.of("queueOffset");
    private static final FieldName TRANSACTION_ID = FieldName.of("transactionId");
    private static final FieldName RECALL_HANDLE = FieldName.of("recallHandle");
    private static final String REGION = "MSG_REGION";
    private static final String TRACE_ON = "TRACE_ON";

    /** The fields that every answer of a broker ends in. */
    public static ConstantFields common(String region, boolean traceOn) {
        return ConstantFields.of(REGION, region, TRACE_ON, Boolean.toString(traceOn));
    }

    public Fields toFields() {
        return Fields.written(this);
    }

    @Override
    public void writeTo(FieldSink sink) {
        messageIds.writeTo(sink.open(MESSAGE_ID));
        sink.close();
        sink.number(QUEUE_ID, queueId);
        sink.number(QUEUE_OFFSET, queueOffset);
        sink.utf8(TRANSACTION_ID, transactionId.bytes(), transactionId.from(), transactionId.to());
        sink.text(RECALL_HANDLE, recallHandle);
        sink.constant(common);
    }
}
