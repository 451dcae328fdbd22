package io.orbitmq.protocol.header.send;

import io.orbitmq.protocol.frame.Fields;

/**
 * RECALL_MESSAGE (protocol/04 section 6).
 *
 * @param producerGroup sender
 * @param topic topic of the delayed message
 * @param recallHandle from the send answer
 */
public record RecallHeader(String producerGroup, String topic, String recallHandle) {

    public static RecallHeader from(Fields fields) {
        return new RecallHeader(
                fields.text("producerGroup"), fields.required("topic"), fields.required("recallHandle"));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("producerGroup", producerGroup)
                .put("topic", topic)
                .put("recallHandle", recallHandle)
                .build();
    }
}
