package io.orbitmq.store.recovery;

import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.RecordVerdict;
import io.orbitmq.store.segment.SegmentedLog;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What stands behind the end of a log's sound records.
 *
 * @param position where the sound records end
 * @param bytes from there to the last one that is not zero; 0 when there is none
 * @param wholeRecords how many whole records are in these bytes
 */
record Leftover(long position, long bytes, long wholeRecords) {

    /** So many zeros in a row are taken for the end. */
    private static final int ZEROS_AT_END = 32 << 20;

    private static final int BUFFER_BYTES = 1 << 20;
    private static final int MAGIC_AT = Integer.BYTES;
    private static final int HEAD_BYTES = 2 * Integer.BYTES;

    static Leftover behind(SegmentedLog log, long end) throws IOException {
        long lastNonZero = end - 1;
        long records = 0;
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, log.segmentSizeBytes()));
        long limit = log.limitPosition();
        long looked = end;
        while (looked < limit && looked - lastNonZero <= ZEROS_AT_END) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), limit - looked));
            int read = log.read(looked, buffer);
            buffer.flip();
            for (int i = 0; i < read; i++) {
                if (buffer.get(i) != 0) {
                    lastNonZero = looked + i;
                    records += isRecord(log, buffer, i - MAGIC_AT, looked + i - MAGIC_AT) ? 1 : 0;
                }
            }
            long segmentEnd = log.segmentAt(looked).orElseThrow().endPosition();
            // else the last bytes may be the beginning of a record's head
            boolean isAllSeen = looked + read == Math.min(segmentEnd, limit);
            looked += isAllSeen ? read : read - HEAD_BYTES + 1;
        }
        return new Leftover(end, lastNonZero + 1 - end, records);
    }

    private static boolean isRecord(SegmentedLog log, ByteBuffer buffer, int base, long position) throws IOException {
        if (base < 0 || buffer.limit() - base < HEAD_BYTES) {
            return false;
        }
        RecordVerdict verdict = MessageRecord.verify(buffer, base, position);
        if (verdict != RecordVerdict.CUT_OFF) {
            return verdict == RecordVerdict.WHOLE;
        }
        ByteBuffer head = ByteBuffer.allocate(MessageRecord.HEAD_BYTES);
        head.limit(log.read(position, head)).rewind();
        int size = MessageRecord.totalSize(buffer, base);
        if (size > log.segmentSizeBytes()
                || !MessageRecord.isSizeLikely(head, 0)
                || MessageRecord.physicalOffset(head, 0) != position) {
            return false;
        }
        ByteBuffer record = ByteBuffer.allocate(size);
        log.read(position, record);
        return MessageRecord.verify(record.flip(), 0, position) == RecordVerdict.WHOLE;
    }
}
