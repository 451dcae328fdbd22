package io.orbitmq.store.node;

import io.orbitmq.protocol.message.MessageRecord;
import java.nio.ByteBuffer;

/**
 * A message and its place in the log.
 *
 * @param position first byte of its record
 * @param endPosition behind its record
 */
record Promise(String body, long position, long endPosition) {

    static Promise of(ByteBuffer record) {
        long position = MessageRecord.physicalOffset(record, 0);
        return new Promise(Drafts.body(record), position, position + MessageRecord.totalSize(record, 0));
    }
}
