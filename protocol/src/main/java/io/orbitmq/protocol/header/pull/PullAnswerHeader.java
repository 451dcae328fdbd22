package io.orbitmq.protocol.header.pull;

import io.orbitmq.protocol.frame.FieldName;
import io.orbitmq.protocol.frame.FieldSink;
import io.orbitmq.protocol.frame.FieldWriter;
import io.orbitmq.protocol.frame.Fields;

/**
 * Answer to a pull (protocol/07 section 5.1). The four offsets and the broker id must be there with codes 0, 19, 20, 21.
 *
 * @param suggestedBrokerId where to pull next time, 0 for the master
 * @param nextBeginOffset where to go on
 * @param minOffset of the queue
 * @param maxOffset next free offset of the queue
 * @param topicSysFlag normally 0
 * @param groupSysFlag normally 0
 * @param forbiddenType with code 16: 1 broker, 2 group, 3 topic, 4 broadcast, 5 subscription; -1 otherwise
 */
public record PullAnswerHeader(
        long suggestedBrokerId,
        long nextBeginOffset,
        long minOffset,
        long maxOffset,
        int topicSysFlag,
        int groupSysFlag,
        int forbiddenType)
        implements FieldWriter {

    private static final FieldName SUGGESTED_BROKER_ID = FieldName.of("suggestWhichBrokerId");
    private static final FieldName NEXT_BEGIN_OFFSET = FieldName.of("nextBeginOffset");
    private static final FieldName MIN_OFFSET = FieldName.of("minOffset");
    private static final FieldName MAX_OFFSET = FieldName.of("maxOffset");
    private static final FieldName TOPIC_SYS_FLAG = FieldName.of("topicSysFlag");
    private static final FieldName GROUP_SYS_FLAG = FieldName.of("groupSysFlag");
    private static final FieldName FORBIDDEN_TYPE = FieldName.of("forbiddenType");

    public static PullAnswerHeader from(Fields fields) {
        return new PullAnswerHeader(
                fields.requiredLong("suggestWhichBrokerId"),
                fields.requiredLong("nextBeginOffset"),
                fields.requiredLong("minOffset"),
                fields.requiredLong("maxOffset"),
                fields.intOr("topicSysFlag", 0),
                fields.intOr("groupSysFlag", 0),
                fields.intOr("forbiddenType", -1));
    }

    public Fields toFields() {
        return Fields.written(this);
    }

    @Override
    public void writeTo(FieldSink sink) {
        sink.number(SUGGESTED_BROKER_ID, suggestedBrokerId);
        sink.number(NEXT_BEGIN_OFFSET, nextBeginOffset);
        sink.number(MIN_OFFSET, minOffset);
        sink.number(MAX_OFFSET, maxOffset);
        sink.number(TOPIC_SYS_FLAG, topicSysFlag);
        sink.number(GROUP_SYS_FLAG, groupSysFlag);
        if (forbiddenType >= 0) {
            sink.number(FORBIDDEN_TYPE, forbiddenType);
        }
    }
}
