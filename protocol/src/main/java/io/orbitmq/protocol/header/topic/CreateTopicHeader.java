package io.orbitmq.protocol.header.topic;

import io.orbitmq.protocol.frame.Fields;

/**
 * UPDATE_AND_CREATE_TOPIC (protocol/11 section 3.2).
 *
 * @param topic topic
 * @param defaultTopic template, not used
 * @param readQueues number of read queues
 * @param writeQueues number of write queues
 * @param permission 4 read, 2 write, 1 inherit
 * @param filterType SINGLE_TAG or MULTI_TAG
 * @param sysFlag 1 unit, 2 unit subscription
 * @param order ordered topic
 * @param attributes changes like {@code +message.type=FIFO,-key}
 * @param force legacy
 */
public record CreateTopicHeader(
        String topic,
        String defaultTopic,
        int readQueues,
        int writeQueues,
        int permission,
        String filterType,
        int sysFlag,
        boolean order,
        String attributes,
        boolean force) {

    public static CreateTopicHeader from(Fields fields) {
        return new CreateTopicHeader(
                fields.text("topic"),
                fields.text("defaultTopic"),
                fields.requiredInt("readQueueNums"),
                fields.requiredInt("writeQueueNums"),
                fields.requiredInt("perm"),
                fields.textOr("topicFilterType", "SINGLE_TAG"),
                fields.intOr("topicSysFlag", 0),
                fields.boolOr("order", false),
                fields.text("attributes"),
                fields.boolOr("force", false));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("topic", topic)
                .put("defaultTopic", defaultTopic)
                .put("readQueueNums", readQueues)
                .put("writeQueueNums", writeQueues)
                .put("perm", permission)
                .put("topicFilterType", filterType)
                .put("topicSysFlag", sysFlag)
                .put("order", order)
                .put("attributes", attributes)
                .put("force", force)
                .build();
    }
}
