package io.orbitmq.protocol.header.offset;

import io.orbitmq.protocol.frame.Fields;

/**
 * Names one queue: GET_MAX_OFFSET, GET_MIN_OFFSET, GET_EARLIEST_MSG_STORETIME (protocol/07 section 8).
 *
 * @param topic topic
 * @param queueId number of the queue
 * @param committed only with GET_MAX_OFFSET: what consumers can see
 */
public record QueueHeader(String topic, int queueId, boolean committed) {

    public static QueueHeader from(Fields fields) {
        return new QueueHeader(
                fields.required("topic"), fields.requiredInt("queueId"), fields.boolOr("committed", true));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("topic", topic)
                .put("queueId", queueId)
                .put("committed", committed)
                .build();
    }
}
