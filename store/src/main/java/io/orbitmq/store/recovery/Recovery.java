package io.orbitmq.store.recovery;

import io.orbitmq.store.append.RecordDispatcher;
import io.orbitmq.store.segment.SegmentedLog;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of opening a log, in order: {@link #findEnd}, then {@link #replay}. One thread. */
public final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final SegmentedLog log;
    private LogEnd end = new LogEnd(0, 0, 0, 0);

    public Recovery(SegmentedLog log) {
        this.log = log;
    }

    /** Checks the log from its start, cuts a torn tail and returns the end. */
    public long findEnd() throws IOException {
        LogBounds bounds = new LogBounds(log.minPosition(), log.minPosition(), Long.MAX_VALUE);
        end = new TailRepair(log, bounds).run();
        LOG.info(
                "event=log-scanned from={} end={} records={} without-checksum={}",
                bounds.scanFrom(),
                end.position(),
                end.scannedRecords(),
                end.unsealedRecords());
        return end.position();
    }

    /** Store time of the log's last record. */
    public long lastStoreTimestamp() {
        return end.lastStoreTimestamp();
    }

    /** Feeds the dispatcher with the records in [from, end). */
    public void replay(long from, RecordDispatcher dispatcher) throws IOException {
        LogScanner scanner = new LogScanner(log, from, new SealCheck(Long.MAX_VALUE));
        while (scanner.position() < end.position() && scanner.next()) {
            dispatcher.replay(scanner.buffer(), scanner.base());
            scanner.advance();
        }
    }
}
