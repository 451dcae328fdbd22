package io.orbitmq.protocol.header.pop;

import io.orbitmq.protocol.frame.Fields;

/**
 * POLLING_INFO: how many pops are held (protocol/08 section 9).
 *
 * @param consumerGroup consumer group
 * @param topic topic
 * @param queueId number of the queue as the pops named it
 */
public record PollingHeader(String consumerGroup, String topic, int queueId) {

    public static PollingHeader from(Fields fields) {
        return new PollingHeader(
                fields.required("consumerGroup"), fields.required("topic"), fields.requiredInt("queueId"));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("consumerGroup", consumerGroup)
                .put("topic", topic)
                .put("queueId", queueId)
                .build();
    }

    /** The answer: how many are held for exactly this key. */
    public static Fields answer(int held) {
        return Fields.builder().put("pollingNum", held).build();
    }
}
