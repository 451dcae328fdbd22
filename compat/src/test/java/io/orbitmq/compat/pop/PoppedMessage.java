package io.orbitmq.compat.pop;

import io.orbitmq.protocol.message.MessageProperties;
import io.orbitmq.protocol.message.MessageRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A message as a pop answered it.
 *
 * @param topic as in the record
 * @param handle the receipt, its eight fields separated by blanks
 */
record PoppedMessage(
        String topic,
        int queueId,
        long queueOffset,
        int reconsumeTimes,
        String text,
        MessageProperties properties,
        String handle) {

    /** The place of the message's kind in the handle: 0 normal topic, 1 retry topic. */
    String kind() {
        return handle.split(" ")[4];
    }

    boolean isRetried() {
        return !kind().equals("0");
    }

    /** The records of an answer's body, their handles made of the answer's fields as the official client makes them. */
    static List<PoppedMessage> of(PopAnswer answer, byte[] body, String brokerName) {
        ByteBuffer buffer = ByteBuffer.wrap(body);
        List<PoppedMessage> messages = new ArrayList<>();
        for (int base = 0; base < buffer.limit(); base += MessageRecord.totalSize(buffer, base)) {
            MessageProperties properties = MessageProperties.ofRecord(buffer, base);
            int queueId = MessageRecord.queueId(buffer, base);
            long offset = MessageRecord.queueOffset(buffer, base);
            String own = MessageRecord.property(buffer, base, "POP_CK");
            String handle = own == null || own.isEmpty() ? answer.handle(brokerName, queueId, offset) : own;
            byte[] text = new byte[MessageRecord.bodyLength(buffer, base)];
            buffer.get(MessageRecord.bodyPosition(buffer, base), text);
            messages.add(new PoppedMessage(
                    MessageRecord.topic(buffer, base),
                    queueId,
                    offset,
                    MessageRecord.reconsumeTimes(buffer, base),
                    new String(text, StandardCharsets.UTF_8),
                    properties,
                    handle));
        }
        return messages;
    }
}
