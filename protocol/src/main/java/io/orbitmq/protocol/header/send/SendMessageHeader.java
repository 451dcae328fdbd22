package io.orbitmq.protocol.header.send;

import io.orbitmq.protocol.frame.Fields;

/**
 * What a send says, batches and replies included (protocol/04 section 1). Clients write it; a broker reads it as a {@link
 * ReceivedSend}.
 *
 * @param producerGroup sender
 * @param topic where to
 * @param defaultTopic template for creating the topic
 * @param defaultTopicQueueNums queues of a topic created from the template
 * @param queueId negative: the broker chooses
 * @param sysFlag see {@code SysFlag}
 * @param bornTimestamp epoch ms
 * @param flag the application's
 * @param properties encoded as in protocol/03 section 3
 * @param reconsumeTimes how often it was redelivered
 * @param unitMode legacy
 * @param maxReconsumeTimes only for retry topics, -1 when absent
 * @param batch the body is a batch; this decides, not the request code
 */
public record SendMessageHeader(
        String producerGroup,
        String topic,
        String defaultTopic,
        int defaultTopicQueueNums,
        int queueId,
        int sysFlag,
        long bornTimestamp,
        int flag,
        String properties,
        int reconsumeTimes,
        boolean unitMode,
        int maxReconsumeTimes,
        boolean batch) {

    /** The short form, for clients. */
    public Fields toShortFields() {
        Fields.Builder fields = Fields.builder()
                .put("a", producerGroup)
                .put("b", topic)
                .put("c", defaultTopic)
                .put("d", defaultTopicQueueNums)
                .put("e", queueId)
                .put("f", sysFlag)
                .put("g", bornTimestamp)
                .put("h", flag)
                .put("i", properties)
                .put("j", reconsumeTimes)
                .put("k", unitMode)
                .put("m", batch);
        return (maxReconsumeTimes >= 0 ? fields.put("l", maxReconsumeTimes) : fields).build();
    }
}
