package io.orbitmq.store.tools;

import io.orbitmq.foundation.file.DiskFile;
import io.orbitmq.protocol.message.BlankRecord;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.RecordVerdict;
import io.orbitmq.store.recovery.CheckpointAudit;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Walks over the records of one segment file; steps over damage to the next record there is. */
final class SegmentWalk {

    private static final int BUFFER_BYTES = 1 << 20;
    private static final int MAGIC_AT = 4;
    private static final int PHYSICAL_OFFSET_AT = 28;
    private static final int PROBE_BYTES = PHYSICAL_OFFSET_AT + Long.BYTES;

    private final DiskFile file;
    private final long startPosition;
    private final long sizeBytes;
    private final CheckpointAudit judge;
    private final Visitor visitor;
    private ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    private long bufferAt;
    private boolean closedByBlank;
    private boolean zerosBehind = true;

    /** Hears of what the walk finds, by position in the log. */
    interface Visitor {

        void record(ByteBuffer buffer, int base, long position);

        /** Bytes [from, to) are no records although records follow. */
        void damaged(long from, long to, RecordVerdict verdict);
    }

    /** @param judge says what is a sound record */
    SegmentWalk(DiskFile file, long startPosition, long sizeBytes, CheckpointAudit judge, Visitor visitor) {
        this.file = file;
        this.startPosition = startPosition;
        this.sizeBytes = sizeBytes;
        this.judge = judge;
        this.visitor = visitor;
    }

    /** Walks; returns the position where records end, which is the segment's end when a blank record closes it. */
    long run() throws IOException {
        long at = 0;
        while (at + BlankRecord.BYTES <= sizeBytes) {
            load(at, BlankRecord.BYTES);
            if (BlankRecord.isAt(buffer, base(at)) && BlankRecord.remaining(buffer, base(at)) == sizeBytes - at) {
                closedByBlank = true;
                return startPosition + sizeBytes;
            }
            RecordVerdict verdict = verify(at);
            if (verdict == RecordVerdict.WHOLE) {
                int size = MessageRecord.totalSize(buffer, base(at));
                visitor.record(buffer, base(at), startPosition + at);
                at += size;
                continue;
            }
            long next = nextRecord(at + 1);
            if (next < 0) {
                break;
            }
            visitor.damaged(startPosition + at, startPosition + next, verdict);
            at = next;
        }
        return startPosition + at;
    }

    boolean isClosedByBlank() {
        return closedByBlank;
    }

    /** Whether all bytes behind the records are zero. */
    boolean isZeroBehind() {
        return zerosBehind;
    }

    private RecordVerdict verify(long at) throws IOException {
        load(at, (int) Math.min(MessageRecord.HEAD_BYTES, sizeBytes - at));
        int size = MessageRecord.totalSize(buffer, base(at));
        if (size <= sizeBytes - at && MessageRecord.isSizeLikely(buffer, base(at))) {
            load(at, size);
        }
        return judge.verify(buffer, base(at), startPosition + at);
    }

    /** The next place where a record says that it is there, and is whole; -1 when there is none. */
    private long nextRecord(long from) throws IOException {
        zerosBehind = true;
        load(from - 1, 1);
        zerosBehind &= buffer.get(base(from - 1)) == 0;
        for (long at = from; at + MessageRecord.SMALLEST <= sizeBytes; at++) {
            load(at, PROBE_BYTES);
            int base = base(at);
            zerosBehind &= buffer.get(base) == 0;
            int magic = buffer.getInt(base + MAGIC_AT);
            if ((magic == MessageRecord.MAGIC_V1 || magic == MessageRecord.MAGIC_V2)
                    && buffer.getLong(base + PHYSICAL_OFFSET_AT) == startPosition + at
                    && verify(at) == RecordVerdict.WHOLE) {
                return at;
            }
        }
        return -1;
    }

    private int base(long at) {
        return (int) (at - bufferAt);
    }

    private void load(long at, int bytes) throws IOException {
        if (at >= bufferAt && at + bytes <= bufferAt + buffer.limit()) {
            return;
        }
        if (buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocate(bytes);
        }
        buffer.clear().limit((int) Math.min(buffer.capacity(), sizeBytes - at));
        int read = file.read(at, buffer);
        buffer.position(0).limit(read);
        bufferAt = at;
        if (read < bytes) {
            throw new IOException("expected " + bytes + " bytes at position " + (startPosition + at) + ", found " + read
                    + "; the file changes while it is read: stop the broker first");
        }
    }
}
