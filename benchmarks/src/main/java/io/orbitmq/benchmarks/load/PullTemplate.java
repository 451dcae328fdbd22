package io.orbitmq.benchmarks.load;

import io.orbitmq.benchmarks.wire.FrameTemplate;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.message.MessageRecord;
import java.nio.ByteBuffer;

/** A pull request of one queue whose offset is patched: offsets are sent as ten digits with leading zeros. */
final class PullTemplate {

    private static final String OFFSET_MARK = "\"queueOffset\":\"";
    private static final String ZERO_OFFSET = "0000000000";
    private static final int SUBSCRIPTION_FLAG = 4;
    private static final int SUSPEND_FLAG = 2;

    private final FrameTemplate frame;
    private final int offsetAt;

    private PullTemplate(FrameTemplate frame) {
        this.frame = frame;
        this.offsetAt = frame.find(OFFSET_MARK) + OFFSET_MARK.length();
    }

    static PullTemplate of(String topic, int queueId, boolean suspend) {
        int sysFlag = suspend ? SUBSCRIPTION_FLAG | SUSPEND_FLAG : SUBSCRIPTION_FLAG;
        Fields fields = Fields.builder()
                .put("consumerGroup", "benchmark-group")
                .put("topic", topic)
                .put("queueId", queueId)
                .put("queueOffset", ZERO_OFFSET)
                .put("maxMsgNums", 32)
                .put("sysFlag", sysFlag)
                .put("commitOffset", 0)
                .put("suspendTimeoutMillis", 15_000)
                .put("subscription", "*")
                .put("subVersion", 1)
                .put("expressionType", "TAG")
                .build();
        return new PullTemplate(FrameTemplate.of(Command.request(RequestCode.PULL_MESSAGE, fields)));
    }

    FrameTemplate at(long offset) {
        frame.putDigits(offsetAt, offset);
        return frame;
    }

    /** The place in its queue of the record that starts at {@code at} of a pull answer's body. */
    static long queueOffset(ByteBuffer bytes, int at) {
        return MessageRecord.queueOffset(bytes, at);
    }
}
