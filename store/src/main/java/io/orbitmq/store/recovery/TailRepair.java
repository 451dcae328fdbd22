package io.orbitmq.store.recovery;

import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.segment.CorruptLogException;
import io.orbitmq.store.segment.SegmentedLog;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds where the log's sound records end. Behind the known durable end an unsound record is what a crash leaves of
 * appends that were not forced yet: it is cut off with all behind it, and saved first, as damage to records that were
 * acknowledged since would look the same. Before that end, durable data was damaged: opening is refused.
 */
final class TailRepair {

    private static final Logger LOG = LoggerFactory.getLogger(TailRepair.class);

    private final SegmentedLog log;
    private final LogBounds bounds;
    private final CutCheck cutCheck;
    private final CutFiles cutFiles;

    /** Hears of the end before anything behind it is cut off, and may refuse. */
    interface CutCheck {

        void check(long end) throws IOException;
    }

    TailRepair(SegmentedLog log, LogBounds bounds, CutCheck cutCheck, CutFiles cutFiles) {
        this.log = log;
        this.bounds = bounds;
        this.cutCheck = cutCheck;
        this.cutFiles = cutFiles;
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
        Leftover leftover = Leftover.behind(log, end);
        if (leftover.bytes() == 0) {
            return;
        }
        String saved = cutFiles.save(log, leftover).map(Path::toString).orElse("nowhere");
        LOG.warn(
                "event=torn-tail-cut position={} file={} bytes={} whole-records-behind-the-tear={} saved={}"
                        + " note=\"a crash leaves this of what was not yet forced to disk, in any order;"
                        + " whole records may also stand behind a place that the disk damaged,"
                        + " and were then perhaps acknowledged: if the disk is in doubt, the saved file holds the bytes\"",
                end,
                log.segmentAt(end).map(Object::toString).orElse("none"),
                leftover.bytes(),
                leftover.wholeRecords(),
                saved);
        log.truncate(end);
    }
}
