package io.orbitmq.protocol.header.send;

import io.orbitmq.protocol.frame.Fields;

/**
 * PUSH_REPLY_MESSAGE_TO_CLIENT, server to requester (protocol/04 section 5).
 *
 * @param producerGroup of the replying client
 * @param topic reply topic
 * @param defaultTopic template topic
 * @param defaultTopicQueueNums queues of the template
 * @param queueId of the reply topic
 * @param sysFlag tells whether the body is compressed
 * @param bornTimestamp epoch ms
 * @param flag of the application
 * @param properties of the reply, plus PUSH_REPLY_TIME
 * @param reconsumeTimes normally 0
 * @param unitMode legacy
 * @param bornHost ip:port
 * @param storeHost ip:port
 * @param storeTimestamp epoch ms
 */
public record ReplyPushHeader(
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
        String bornHost,
        String storeHost,
        long storeTimestamp) {

    public static ReplyPushHeader from(Fields fields) {
        return new ReplyPushHeader(
                fields.text("producerGroup"),
                fields.text("topic"),
                fields.text("defaultTopic"),
                fields.intOr("defaultTopicQueueNums", 0),
                fields.intOr("queueId", 0),
                fields.intOr("sysFlag", 0),
                fields.longOr("bornTimestamp", 0),
                fields.intOr("flag", 0),
                fields.text("properties"),
                fields.intOr("reconsumeTimes", 0),
                fields.boolOr("unitMode", false),
                fields.text("bornHost"),
                fields.text("storeHost"),
                fields.longOr("storeTimestamp", 0));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("producerGroup", producerGroup)
                .put("topic", topic)
                .put("defaultTopic", defaultTopic)
                .put("defaultTopicQueueNums", defaultTopicQueueNums)
                .put("queueId", queueId)
                .put("sysFlag", sysFlag)
                .put("bornTimestamp", bornTimestamp)
                .put("flag", flag)
                .put("properties", properties)
                .put("reconsumeTimes", reconsumeTimes)
                .put("unitMode", unitMode)
                .put("bornHost", bornHost)
                .put("storeHost", storeHost)
                .put("storeTimestamp", storeTimestamp)
                .build();
    }
}
