package io.orbitmq.compat.pop;

import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import java.util.List;
import java.util.stream.Stream;

/** The answer to POP_MESSAGE or PEEK_MESSAGE (protocol/08 section 2.2). */
record PopAnswer(int code, String remark, Fields fields, byte[] body, String brokerName) {

    static PopAnswer of(Command answer, String brokerName) {
        return new PopAnswer(answer.code(), answer.remark(), answer.fields(), answer.bodyBytes(), brokerName);
    }

    List<PoppedMessage> messages() {
        return code == 0 ? PoppedMessage.of(this, body, brokerName) : List.of();
    }

    List<String> texts() {
        return messages().stream().map(PoppedMessage::text).toList();
    }

    long restNum() {
        return fields.requiredLong("restNum");
    }

    /** The receipt of a message of the normal topic. */
    String handle(String broker, int queueId, long offset) {
        return String.join(
                " ",
                startOffset(queueId),
                fields.text("popTime"),
                fields.text("invisibleTime"),
                fields.text("reviveQid"),
                "0",
                broker,
                String.valueOf(queueId),
                String.valueOf(offset));
    }

    private String startOffset(int queueId) {
        String prefix = "0 " + queueId + " ";
        return Stream.of(fields.text("startOffsetInfo").split(";"))
                .filter(element -> element.startsWith(prefix))
                .map(element -> element.substring(prefix.length()))
                .findFirst()
                .orElse("0");
    }
}
