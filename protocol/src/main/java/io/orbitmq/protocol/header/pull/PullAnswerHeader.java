package io.orbitmq.protocol.header.pull;

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
        int forbiddenType) {

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
        Fields.Builder fields = Fields.builder();
        fields.put("suggestWhichBrokerId", suggestedBrokerId);
        fields.put("nextBeginOffset", nextBeginOffset);
        fields.put("minOffset", minOffset);
        fields.put("maxOffset", maxOffset);
        fields.put("topicSysFlag", topicSysFlag);
        fields.put("groupSysFlag", groupSysFlag);
        if (forbiddenType >= 0) {
            fields.put("forbiddenType", forbiddenType);
        }
        return fields.build();
    }
}
