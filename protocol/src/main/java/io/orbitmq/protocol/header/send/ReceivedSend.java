package io.orbitmq.protocol.header.send;

import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Fields;
import java.nio.charset.StandardCharsets;

/**
 * The header of a send as it was received, in its long (V1) or short form (V2), batches and replies included (protocol/04
 * section 1). What every send needs is read at once; the rest, and texts, when somebody asks. Only topic and queue are
 * demanded: the official broker accepts sends without the rest too. {@link SendMessageHeader} says what each is. Any thread.
 */
public final class ReceivedSend {

    private static final Names SHORT = new Names("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m");
    private static final Names LONG = new Names(
            "producerGroup",
            "topic",
            "defaultTopic",
            "defaultTopicQueueNums",
            "queueId",
            "sysFlag",
            "bornTimestamp",
            "flag",
            "properties",
            "reconsumeTimes",
            "unitMode",
            "maxReconsumeTimes",
            "batch");
    private static final int DEFAULT_QUEUES = 4;

    private final Fields fields;
    private final Names names;
    private final int queueId;
    private final int sysFlag;
    private final long bornTimestamp;
    private final int flag;
    private final byte[] properties;
    private final int reconsumeTimes;
    private final boolean batch;

    private ReceivedSend(Fields fields, Names names) {
        this.fields = fields;
        this.names = names;
        this.queueId = fields.requiredInt(names.queueId);
        this.sysFlag = fields.intOr(names.sysFlag, 0);
        this.bornTimestamp = fields.longOr(names.bornTimestamp, 0);
        this.flag = fields.intOr(names.flag, 0);
        this.properties = fields.utf8(names.properties);
        this.reconsumeTimes = fields.intOr(names.reconsumeTimes, 0);
        this.batch = fields.boolOr(names.batch, false);
    }

    private record Names(
            String producerGroup,
            String topic,
            String defaultTopic,
            String defaultTopicQueueNums,
            String queueId,
            String sysFlag,
            String bornTimestamp,
            String flag,
            String properties,
            String reconsumeTimes,
            String unitMode,
            String maxReconsumeTimes,
            String batch) {}

    /**
     * Reads the fields of a request of this code.
     *
     * @throws io.orbitmq.protocol.frame.MissingFieldException when the queue is missing
     */
    public static ReceivedSend of(int requestCode, Fields fields) {
        return new ReceivedSend(fields, names(requestCode));
    }

    /** The field that names the topic in a request of this code. */
    public static String topicField(int requestCode) {
        return names(requestCode).topic;
    }

    /** The field that names the queue in a request of this code. */
    public static String queueField(int requestCode) {
        return names(requestCode).queueId;
    }

    private static Names names(int requestCode) {
        return requestCode == RequestCode.SEND_MESSAGE || requestCode == RequestCode.SEND_REPLY_MESSAGE ? LONG : SHORT;
    }

    public String producerGroup() {
        return fields.text(names.producerGroup);
    }

    /** The {@link io.orbitmq.protocol.frame.Utf8Hash} of the producer group. */
    public long groupHash() {
        return fields.hash(names.producerGroup);
    }

    /** @throws io.orbitmq.protocol.frame.MissingFieldException when it is missing */
    public String topic() {
        return fields.required(names.topic);
    }

    public String defaultTopic() {
        return fields.text(names.defaultTopic);
    }

    public int defaultTopicQueueNums() {
        return fields.intOr(names.defaultTopicQueueNums, DEFAULT_QUEUES);
    }

    public int queueId() {
        return queueId;
    }

    public int sysFlag() {
        return sysFlag;
    }

    public long bornTimestamp() {
        return bornTimestamp;
    }

    public int flag() {
        return flag;
    }

    /** In UTF-8; not to be changed. */
    public byte[] properties() {
        return properties;
    }

    public String propertiesText() {
        return new String(properties, StandardCharsets.UTF_8);
    }

    public int reconsumeTimes() {
        return reconsumeTimes;
    }

    public boolean unitMode() {
        return fields.boolOr(names.unitMode, false);
    }

    public int maxReconsumeTimes() {
        return fields.intOr(names.maxReconsumeTimes, -1);
    }

    public boolean batch() {
        return batch;
    }
}
