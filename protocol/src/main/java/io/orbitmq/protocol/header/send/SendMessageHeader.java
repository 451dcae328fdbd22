package io.orbitmq.protocol.header.send;

import io.orbitmq.protocol.frame.Fields;

/**
 * A send in its long (V1) and its short form (V2), batches and replies included (protocol/04 section 1). Only topic and
 * queue are demanded: the official broker accepts sends without the rest too.
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

    private static final int DEFAULT_QUEUES = 4;

    /** Reads the one-letter names of SEND_MESSAGE_V2, SEND_BATCH_MESSAGE and SEND_REPLY_MESSAGE_V2. */
    public static SendMessageHeader fromShort(Fields fields) {
        return new SendMessageHeader(
                fields.text("a"),
                fields.required("b"),
                fields.text("c"),
                fields.intOr("d", DEFAULT_QUEUES),
                fields.requiredInt("e"),
                fields.intOr("f", 0),
                fields.longOr("g", 0),
                fields.intOr("h", 0),
                fields.text("i"),
                fields.intOr("j", 0),
                fields.boolOr("k", false),
                fields.intOr("l", -1),
                fields.boolOr("m", false));
    }

    /** Reads the names of SEND_MESSAGE and SEND_REPLY_MESSAGE. */
    public static SendMessageHeader fromLong(Fields fields) {
        return new SendMessageHeader(
                fields.text("producerGroup"),
                fields.required("topic"),
                fields.text("defaultTopic"),
                fields.intOr("defaultTopicQueueNums", DEFAULT_QUEUES),
                fields.requiredInt("queueId"),
                fields.intOr("sysFlag", 0),
                fields.longOr("bornTimestamp", 0),
                fields.intOr("flag", 0),
                fields.text("properties"),
                fields.intOr("reconsumeTimes", 0),
                fields.boolOr("unitMode", false),
                fields.intOr("maxReconsumeTimes", -1),
                fields.boolOr("batch", false));
    }

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
