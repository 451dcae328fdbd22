package io.orbitmq.store.recovery;

import io.orbitmq.protocol.message.RecordVerdict;
import io.orbitmq.store.segment.SegmentedLog;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Durable data that is not as it was written. */
record Damage(SegmentedLog log, long position, RecordVerdict verdict) {

    /** For the operator. @param durableEnd up to where the log was safely on disk */
    String sentence(long durableEnd) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(2 * Integer.BYTES);
        log.read(position, head);
        return "The log is damaged at position " + position + " (file "
                + log.segmentAt(position).map(Object::toString).orElse("missing, behind the last one")
                + "), before position " + durableEnd
                + " up to which it was safely on disk. Expected a whole record, found "
                + verdict + ", first bytes size=" + head.getInt(0) + " magic=0x"
                + Integer.toHexString(head.getInt(Integer.BYTES)) + ". This is not a crash's torn tail but damage to"
                + " stored messages, so the store is not opened and nothing was changed. Check the disk; restore the file"
                + " from a backup or a replica.";
    }
}
