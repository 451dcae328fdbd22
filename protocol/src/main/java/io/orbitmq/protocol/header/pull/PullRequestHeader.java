package io.orbitmq.protocol.header.pull;

import io.orbitmq.protocol.frame.Fields;

/**
 * PULL_MESSAGE and LITE_PULL_MESSAGE (protocol/07 section 5).
 *
 * @param consumerGroup consumer group
 * @param topic topic
 * @param queueId number of the queue
 * @param queueOffset first wanted offset
 * @param maxMessages values below 1 count as 1
 * @param sysFlag see {@link PullFlags}
 * @param commitOffset to commit when the flag says so
 * @param suspendTimeoutMs how long to hold the request
 * @param subscription expression, only with its flag
 * @param subVersion version of the subscription
 * @param expressionType TAG or SQL92
 * @param maxBytes wanted bytes; 5.x only
 */
public record PullRequestHeader(
        String consumerGroup,
        String topic,
        int queueId,
        long queueOffset,
        int maxMessages,
        int sysFlag,
        long commitOffset,
        long suspendTimeoutMs,
        String subscription,
        long subVersion,
        String expressionType,
        int maxBytes) {

    public static PullRequestHeader from(Fields fields) {
        return new PullRequestHeader(
                fields.required("consumerGroup"),
                fields.required("topic"),
                fields.requiredInt("queueId"),
                fields.requiredLong("queueOffset"),
                fields.requiredInt("maxMsgNums"),
                fields.requiredInt("sysFlag"),
                fields.requiredLong("commitOffset"),
                fields.requiredLong("suspendTimeoutMillis"),
                fields.text("subscription"),
                fields.longOr("subVersion", 0),
                fields.textOr("expressionType", "TAG"),
                fields.intOr("maxMsgBytes", Integer.MAX_VALUE));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("consumerGroup", consumerGroup)
                .put("topic", topic)
                .put("queueId", queueId)
                .put("queueOffset", queueOffset)
                .put("maxMsgNums", maxMessages)
                .put("sysFlag", sysFlag)
                .put("commitOffset", commitOffset)
                .put("suspendTimeoutMillis", suspendTimeoutMs)
                .put("subscription", subscription)
                .put("subVersion", subVersion)
                .put("expressionType", expressionType)
                .put("maxMsgBytes", maxBytes)
                .build();
    }
}
