package io.orbitmq.protocol.header.broker;

import io.orbitmq.protocol.frame.Fields;

/**
 * RESET_MASTER_FLUSH_OFFSET.
 *
 * @param masterFlushOffset byte place in the log
 */
public record MasterFlushOffsetHeader(long masterFlushOffset) {

    public static MasterFlushOffsetHeader from(Fields fields) {
        return new MasterFlushOffsetHeader(fields.requiredLong("masterFlushOffset"));
    }

    public Fields toFields() {
        return Fields.builder().put("masterFlushOffset", masterFlushOffset).build();
    }
}
