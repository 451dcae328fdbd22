package io.orbitmq.store.recovery;

import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.RecordVerdict;
import io.orbitmq.store.segment.CorruptLogException;
import io.orbitmq.store.segment.SegmentedLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds where the log's sound records end. Behind the known durable end an unsound record is what a crash leaves of
 * unacknowledged appends: it is cut off. Before it, durable data was damaged: opening is refused.
 */
final class TailRepair {

    private static final Logger LOG = LoggerFactory.getLogger(TailRepair.class);
    /** How far behind the end is looked for what is cut off. */
    private static final int MAX_LOOKED_AT_BYTES = 32 << 20;

    private final SegmentedLog log;
    private final LogBounds bounds;

    private final CutCheck cutCheck;

    /** Hears of the end before anything behind it is cut off, and may refuse. */
    interface CutCheck {

        void check(long end) throws IOException;
    }

    TailRepair(SegmentedLog log, LogBounds bounds, CutCheck cutCheck) {
        this.log = log;
        this.bounds = bounds;
        this.cutCheck = cutCheck;
    }

    /** Scans to the end, cuts what is behind, and tells. */
    LogEnd run() throws IOException {
        SealCheck check = new SealCheck(bounds.sealedFrom());
        LogScanner scanner = new LogScanner(log, bounds.scanFrom(), check);
        long records = 0;
        long lastStoreTimestamp = 0;
        while (scanner.next()) {
            lastStoreTimestamp = MessageRecord.storeTimestamp(scanner.buffer(), scanner.base());
            records++;
            scanner.advance();
        }
        long end = Math.min(scanner.position(), log.limitPosition());
        if (end < bounds.durableEnd()) {
            throw new CorruptLogException(new Damage(log, end, scanner.ending()).sentence(bounds.durableEnd()));
        }
        boolean endsAsClosed = bounds.clean() && end == bounds.scanFrom();
        if (!endsAsClosed) {
            cutCheck.check(end);
            cut(end);
        }
        return new LogEnd(end, lastStoreTimestamp, records, check.unsealedRecords(), check.sealedFrom());
    }

    private void cut(long end) throws IOException {
        Optional<Leftover> leftover = leftover(end);
        if (leftover.isEmpty()) {
            return;
        }
        LOG.warn(
                "event=torn-tail-cut position={} file={} bytes={} whole-records-behind-the-tear={}"
                        + " note=\"appends that were never acknowledged as durable\"",
                end,
                log.segmentAt(end).map(Object::toString).orElse("none"),
                leftover.get().bytes(),
                leftover.get().wholeRecords());
        log.truncate(end);
    }

    /** Bytes behind the end that are not zero; empty when there are none. */
    private Optional<Leftover> leftover(long end) throws IOException {
        long lastNonZero = -1;
        long records = 0;
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(1 << 20, log.segmentSizeBytes()));
        long looked = end;
        while (looked < log.limitPosition() && looked - end < MAX_LOOKED_AT_BYTES) {
            buffer.clear();
            int read = log.read(looked, buffer);
            buffer.flip();
            for (int i = 0; i < read; i++) {
                if (buffer.get(i) != 0) {
                    lastNonZero = looked + i;
                    records += isRecord(buffer, i - Integer.BYTES, looked + i - Integer.BYTES) ? 1 : 0;
                }
            }
            looked += read;
        }
        return lastNonZero < 0 ? Optional.empty() : Optional.of(new Leftover(lastNonZero + 1 - end, records));
    }

    private static boolean isRecord(ByteBuffer buffer, int base, long position) {
        return base >= 0
                && buffer.limit() - base > MessageRecord.SMALLEST
                && MessageRecord.verify(buffer, base, position) == RecordVerdict.WHOLE;
    }

    private record Leftover(long bytes, long wholeRecords) {}
}
