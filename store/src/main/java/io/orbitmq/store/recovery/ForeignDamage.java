package io.orbitmq.store.recovery;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.DiskFile;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.RecordVerdict;
import io.orbitmq.store.segment.CorruptLogException;
import io.orbitmq.store.segment.SegmentedLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Keeps the first opening of a store of Apache RocketMQ from taking damage in the middle of its log for a torn tail: what
 * that broker had flushed, by its own checkpoint (protocol/05 section 6), is never cut off. One use.
 */
final class ForeignDamage {

    /** How far behind its checkpoint Apache RocketMQ itself begins to recover. */
    private static final long MARGIN_MS = 3000;

    private static final int HEAD_BYTES = 36;
    private static final int WINDOW_BYTES = 1 << 20;

    private final SegmentedLog log;
    private final boolean killed;
    private final long flushedMs;

    /** @param flushedMs store time of the newest record that was flushed */
    private ForeignDamage(SegmentedLog log, boolean killed, long flushedMs) {
        this.log = log;
        this.killed = killed;
        this.flushedMs = flushedMs;
    }

    /**
     * For a log without a checkpoint of ours.
     *
     * @param root the store's root directory
     * @param killed whether the other broker did not stop in order
     */
    static ForeignDamage of(SegmentedLog log, Disk disk, Path root, boolean killed) throws IOException {
        Path path = root.resolve("checkpoint");
        if (!disk.exists(path)) {
            return new ForeignDamage(log, true, 0);
        }
        try (DiskFile file = disk.openReadOnly(path)) {
            ByteBuffer first = ByteBuffer.allocate(Long.BYTES);
            return new ForeignDamage(log, killed, file.read(0, first) < Long.BYTES ? 0 : first.getLong(0));
        }
    }

    /** @throws CorruptLogException when flushed records stand behind {@code end}, where sound ones end */
    void check(long end) throws IOException {
        if (killed && flushedMs == 0) {
            return;
        }
        ByteBuffer next = firstRecordBehind(end);
        if (next.hasRemaining() && (!killed || MessageRecord.storeTimestamp(next, 0) <= flushedMs - MARGIN_MS)) {
            throw new CorruptLogException(
                    "The log that Apache RocketMQ wrote is damaged at position " + end + " (file "
                            + log.segmentAt(end).map(Object::toString).orElse("missing")
                            + "): expected a whole record, found none, but the next one, at position "
                            + MessageRecord.physicalOffset(next, 0)
                            + ", had been flushed. This is not a crash's torn tail but damage to stored messages, so the store is"
                            + " not opened and nothing was changed. Check the disk; restore the file from a backup or a replica.");
        }
    }

    /** The next whole record; empty when there is none. */
    private ByteBuffer firstRecordBehind(long end) throws IOException {
        ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES);
        long from = end + 1;
        while (from < log.limitPosition()) {
            window.clear();
            int read = log.read(from, window);
            for (int at = 0; at + HEAD_BYTES <= read; at++) {
                if (isHead(window, at, from + at)) {
                    ByteBuffer record = record(from + at, MessageRecord.totalSize(window, at));
                    if (record.hasRemaining()) {
                        return record;
                    }
                }
            }
            boolean lastOfSegment = log.segmentAt(from).orElseThrow().endPosition() == from + read;
            from += lastOfSegment ? read : read - HEAD_BYTES + 1;
        }
        return ByteBuffer.allocate(0);
    }

    private boolean isHead(ByteBuffer window, int at, long position) {
        int magic = MessageRecord.magic(window, at);
        return (magic == MessageRecord.MAGIC_V1 || magic == MessageRecord.MAGIC_V2)
                && MessageRecord.physicalOffset(window, at) == position
                && MessageRecord.totalSize(window, at) >= MessageRecord.SMALLEST
                && MessageRecord.totalSize(window, at) <= log.segmentSizeBytes();
    }

    private ByteBuffer record(long position, int sizeBytes) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(sizeBytes);
        log.read(position, record);
        record.flip();
        boolean whole = record.limit() == sizeBytes && MessageRecord.verify(record, 0, position) == RecordVerdict.WHOLE;
        return whole ? record : ByteBuffer.allocate(0);
    }
}
