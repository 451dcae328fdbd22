package io.orbitmq.store.append;

import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.protocol.message.SysFlag;
import java.nio.ByteBuffer;

/** How many queue offsets a record takes: one, or those of the messages inside it (protocol/03 section 8.2). */
public final class InnerBatch {

    private static final int MAX_MESSAGES = Short.MAX_VALUE;

    private InnerBatch() {}

    /** Offsets taken by the record at {@code base}; at least 1. */
    public static int messages(ByteBuffer record, int base, int sysFlag) {
        if ((sysFlag & SysFlag.INNER_BATCH) == 0) {
            return 1;
        }
        String count = MessageRecord.property(record, base, PropertyNames.INNER_NUM);
        try {
            return Math.max(1, Math.min(MAX_MESSAGES, Integer.parseInt(count)));
        } catch (NumberFormatException e) {
            return 1;
        }
    }
}
