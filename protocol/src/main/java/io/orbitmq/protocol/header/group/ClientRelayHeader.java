package io.orbitmq.protocol.header.group;

import io.orbitmq.protocol.frame.Fields;

/**
 * Relayed to a client: GET_CONSUMER_RUNNING_INFO and CONSUME_MESSAGE_DIRECTLY (protocol/07 sections 13.2 and 13.3).
 *
 * @param consumerGroup consumer group
 * @param clientId client id
 * @param stackTrace only with GET_CONSUMER_RUNNING_INFO
 * @param messageId offset message id, only with CONSUME_MESSAGE_DIRECTLY
 * @param brokerName added by the broker
 * @param topic topic
 * @param topicSysFlag added by the broker
 * @param groupSysFlag added by the broker
 */
public record ClientRelayHeader(
        String consumerGroup,
        String clientId,
        boolean stackTrace,
        String messageId,
        String brokerName,
        String topic,
        int topicSysFlag,
        int groupSysFlag) {

    public static ClientRelayHeader from(Fields fields) {
        return new ClientRelayHeader(
                fields.required("consumerGroup"),
                fields.text("clientId"),
                fields.boolOr("jstackEnable", false),
                fields.text("msgId"),
                fields.text("brokerName"),
                fields.text("topic"),
                fields.intOr("topicSysFlag", -1),
                fields.intOr("groupSysFlag", -1));
    }

    public Fields toFields() {
        Fields.Builder fields = Fields.builder();
        fields.put("consumerGroup", consumerGroup);
        fields.put("clientId", clientId);
        fields.put("jstackEnable", stackTrace);
        fields.put("msgId", messageId);
        fields.put("brokerName", brokerName);
        fields.put("topic", topic);
        if (topicSysFlag >= 0) {
            fields.put("topicSysFlag", topicSysFlag);
        }
        if (groupSysFlag >= 0) {
            fields.put("groupSysFlag", groupSysFlag);
        }
        return fields.build();
    }
}
