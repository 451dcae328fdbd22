package io.orbitmq.protocol.header.send;

import io.orbitmq.protocol.frame.Fields;

/**
 * CONSUMER_SEND_MSG_BACK (protocol/07 section 10).
 *
 * @param offset byte place of the message in the log
 * @param group consumer group
 * @param delayLevel below 0: dead letter at once; 0: the broker decides; above: this level
 * @param originMessageId message id as the client knows it
 * @param originTopic topic as the client sees it
 * @param unitMode legacy
 * @param maxReconsumeTimes -1 when absent
 */
public record SendBackHeader(
        long offset,
        String group,
        int delayLevel,
        String originMessageId,
        String originTopic,
        boolean unitMode,
        int maxReconsumeTimes) {

    public static SendBackHeader from(Fields fields) {
        return new SendBackHeader(
                fields.requiredLong("offset"),
                fields.required("group"),
                fields.requiredInt("delayLevel"),
                fields.text("originMsgId"),
                fields.text("originTopic"),
                fields.boolOr("unitMode", false),
                fields.intOr("maxReconsumeTimes", -1));
    }

    public Fields toFields() {
        Fields.Builder fields = Fields.builder();
        fields.put("offset", offset);
        fields.put("group", group);
        fields.put("delayLevel", delayLevel);
        fields.put("originMsgId", originMessageId);
        fields.put("originTopic", originTopic);
        fields.put("unitMode", unitMode);
        if (maxReconsumeTimes >= 0) {
            fields.put("maxReconsumeTimes", maxReconsumeTimes);
        }
        return fields.build();
    }
}
