package io.orbitmq.store.recovery;

import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.MessageStore;
import io.orbitmq.store.segment.SegmentedLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * The records at the end of the log, found without knowing where a record begins: from some place on the bytes are
 * searched for one that is whole and belongs there. One use, one thread.
 */
final class TailView {

    private static final long FIRST_BYTES = 1 << 20;
    /** What can be read and checked in a fraction of a second. */
    private static final long MAX_BYTES = 64L << 20;

    private static final int GROWTH = 4;
    private static final int SEARCH_BYTES = 256 << 10;
    private static final int MAGIC_AT = Integer.BYTES;

    private final SegmentedLog log;
    private final long end;

    /** @param end of the log's sound records */
    TailView(SegmentedLog log, long end) {
        this.log = log;
        this.end = end;
    }

    /** Shows the records stored at or after {@code fromMs}, oldest first, of the last 64 MiB. */
    void show(long fromMs, MessageStore.RecordSink sink) throws IOException {
        LogScanner scanner = scannerFrom(begin(fromMs));
        while (scanner.position() < end && scanner.next()) {
            if (MessageRecord.storeTimestamp(scanner.buffer(), scanner.base()) >= fromMs) {
                int size = MessageRecord.totalSize(scanner.buffer(), scanner.base());
                sink.accept(scanner.buffer().slice(scanner.base(), size));
            }
            scanner.advance();
        }
    }

    /** Where to begin: at a record that is older, if there is one near enough. */
    private long begin(long fromMs) throws IOException {
        for (long bytes = FIRST_BYTES; ; bytes *= GROWTH) {
            long place = Math.max(log.minPosition(), end - Math.min(bytes, MAX_BYTES));
            long found = firstRecord(place);
            if (place == log.minPosition() || bytes >= MAX_BYTES || isOlder(found, fromMs)) {
                return found;
            }
        }
    }

    private boolean isOlder(long position, long fromMs) throws IOException {
        LogScanner scanner = scannerFrom(position);
        return position < end
                && scanner.next()
                && MessageRecord.storeTimestamp(scanner.buffer(), scanner.base()) < fromMs;
    }

    /** The first record at or behind {@code place}; the end when there is none. */
    private long firstRecord(long place) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(SEARCH_BYTES);
        long at = place;
        while (at < end) {
            if (log.segmentAt(at).isEmpty()) {
                return end;
            }
            long segmentEnd = log.segmentAt(at).get().endPosition();
            if (segmentEnd - at < MessageRecord.SMALLEST) {
                at = segmentEnd;
                continue;
            }
            buffer.clear().limit((int) Math.min(SEARCH_BYTES, segmentEnd - at));
            int read = log.read(at, buffer);
            OptionalLong found = search(buffer, read, at);
            if (found.isPresent()) {
                return found.getAsLong();
            }
            // the last bytes may be the beginning of a record's head
            at = at + read >= segmentEnd ? segmentEnd : at + Math.max(1, read - MAGIC_AT - Integer.BYTES);
        }
        return end;
    }

    private OptionalLong search(ByteBuffer buffer, int read, long position) throws IOException {
        for (int i = 0; i + MAGIC_AT + Integer.BYTES <= read; i++) {
            int magic = buffer.getInt(i + MAGIC_AT);
            if ((magic == MessageRecord.MAGIC_V1 || magic == MessageRecord.MAGIC_V2) && isRecord(position + i)) {
                return OptionalLong.of(position + i);
            }
        }
        return OptionalLong.empty();
    }

    private boolean isRecord(long position) throws IOException {
        LogScanner scanner = scannerFrom(position);
        return scanner.next() && scanner.position() == position;
    }

    private LogScanner scannerFrom(long position) {
        return new LogScanner(log, position, new SealCheck(Long.MAX_VALUE));
    }
}
