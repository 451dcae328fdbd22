package io.orbitmq.store.recovery;

import io.orbitmq.protocol.message.BlankRecord;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.RecordVerdict;
import io.orbitmq.store.segment.SegmentedLog;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Walks over the log's records from a position on, checking each as demanded, through blank records into the next
 * segments, up to the first thing that is no record. One use, one thread.
 */
final class LogScanner {

    private static final long FIRST_BUFFER_BYTES = 1 << 20;

    private final SegmentedLog log;
    private final Check check;
    private ByteBuffer buffer;
    private long bufferPosition;
    private long position;
    private RecordVerdict ending = RecordVerdict.NO_RECORD;

    /** Decides whether the bytes at {@code base} are a good record for {@code position}. */
    interface Check {

        RecordVerdict verify(ByteBuffer buffer, int base, long position);
    }

    LogScanner(SegmentedLog log, long fromPosition, Check check) {
        this.log = log;
        this.position = fromPosition;
        this.check = check;
        this.buffer = ByteBuffer.allocate((int) Math.min(FIRST_BUFFER_BYTES, log.segmentSizeBytes()))
                .limit(0);
    }

    /** Moves to the next record; false where the log ends or is damaged. */
    boolean next() throws IOException {
        while (true) {
            if (!fill(2 * Integer.BYTES)) {
                ending = RecordVerdict.NO_RECORD;
                return false;
            }
            int base = base();
            if (BlankRecord.isAt(buffer, base)) {
                if (!skipBlank(base)) {
                    return false;
                }
                continue;
            }
            fill(MessageRecord.HEAD_BYTES);
            int size = MessageRecord.totalSize(buffer, base());
            if (size <= log.segmentSizeBytes() && MessageRecord.isSizeLikely(buffer, base())) {
                fill(size);
            }
            ending = check.verify(buffer, base(), position);
            return ending == RecordVerdict.WHOLE;
        }
    }

    /** Behind the current record. */
    void advance() {
        position += MessageRecord.totalSize(buffer, base());
    }

    /** Where the current record, or the end, is. */
    long position() {
        return position;
    }

    /** Why the walk ended. */
    RecordVerdict ending() {
        return ending;
    }

    ByteBuffer buffer() {
        return buffer;
    }

    /** Where the current record starts in {@link #buffer}. */
    int base() {
        return (int) (position - bufferPosition);
    }

    private boolean skipBlank(int base) {
        long segmentEnd = log.segmentAt(position).orElseThrow().endPosition();
        if (BlankRecord.remaining(buffer, base) != segmentEnd - position) {
            ending = RecordVerdict.PARTS_DISAGREE;
            return false;
        }
        position = segmentEnd;
        return true;
    }

    /** Has {@code bytes} from the position on in the buffer; false when the segment ends before. */
    private boolean fill(int bytes) throws IOException {
        if (position >= bufferPosition && position - bufferPosition + bytes <= buffer.limit()) {
            return true;
        }
        if (log.segmentAt(position).isEmpty()) {
            return false;
        }
        if (buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocate(bytes);
        }
        bufferPosition = position;
        buffer.clear();
        int read = log.read(position, buffer);
        buffer.position(0).limit(read);
        return read >= bytes;
    }
}
