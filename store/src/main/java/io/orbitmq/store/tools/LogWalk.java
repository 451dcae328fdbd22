package io.orbitmq.store.tools;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.DiskFile;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.RecordVerdict;
import io.orbitmq.store.recovery.CheckpointAudit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Walks over all segments of a log; reports what is damaged or missing and enters the records in the ledger. One use. */
final class LogWalk implements SegmentWalk.Visitor {

    private static final Pattern SEGMENT_NAME = Pattern.compile("\\d{20}");

    private final Disk disk;
    private final CheckpointAudit checkpoints;
    private final QueueLedger ledger;
    private final Findings findings;
    private int segments;
    private long minPosition;
    private long endPosition;
    private long records;
    private long sealed;
    private long lastTimestamp;
    private long timestampsBack;
    private long unclosedFrom = -1;

    LogWalk(Disk disk, CheckpointAudit checkpoints, QueueLedger ledger, Findings findings) {
        this.disk = disk;
        this.checkpoints = checkpoints;
        this.ledger = ledger;
        this.findings = findings;
    }

    void run(Path commitLog) throws IOException {
        List<Path> files = disk.list(commitLog).stream()
                .filter(path ->
                        SEGMENT_NAME.matcher(path.getFileName().toString()).matches())
                .toList();
        long expectedStart = -1;
        for (Path path : files) {
            long start = Long.parseLong(path.getFileName().toString());
            if (expectedStart < 0) {
                minPosition = start;
                endPosition = start;
            } else if (start != expectedStart) {
                findings.problem("the log has a gap: a segment at " + expectedStart + " was expected, found " + path);
            }
            try (DiskFile file = disk.openReadOnly(path)) {
                walk(file, start);
                expectedStart = start + file.size();
            }
        }
        segments = files.size();
        reportEnd();
    }

    int segments() {
        return segments;
    }

    long minPosition() {
        return minPosition;
    }

    long endPosition() {
        return endPosition;
    }

    long records() {
        return records;
    }

    /** Records with a checksum over everything. */
    long sealed() {
        return sealed;
    }

    @Override
    public void record(ByteBuffer buffer, int base, long position) {
        records++;
        if (MessageRecord.isSealed(buffer, base)) {
            sealed++;
        }
        long timestamp = MessageRecord.storeTimestamp(buffer, base);
        if (timestamp < lastTimestamp) {
            timestampsBack++;
        }
        lastTimestamp = timestamp;
        ledger.add(buffer, base, position);
    }

    @Override
    public void damaged(long from, long to, RecordVerdict verdict) {
        findings.problem(
                "damaged: bytes " + from + " to " + to + " are no sound record (" + verdict + "), records follow");
    }

    private void walk(DiskFile file, long start) throws IOException {
        long before = records;
        SegmentWalk walk = new SegmentWalk(file, start, file.size(), checkpoints, this);
        long end = walk.run();
        if (records > before) {
            if (unclosedFrom >= 0) {
                findings.problem("damaged: bytes " + unclosedFrom + " to " + start
                        + " are no sound record, records follow in the next segment");
            }
            endPosition = end;
            unclosedFrom = -1;
        }
        if (walk.isClosedByBlank()) {
            return;
        }
        if (unclosedFrom < 0) {
            unclosedFrom = end;
        }
        if (!walk.isZeroBehind() && end >= checkpoints.durableEnd()) {
            findings.note("bytes behind position " + end + " are not all zero: a torn tail, cut at the next start,"
                    + " or damage that reaches to the end of the segment");
        }
    }

    private void reportEnd() {
        if (endPosition < checkpoints.durableEnd()) {
            findings.problem("the log ends at position " + endPosition + ", but the newest checkpoint says that it was"
                    + " safely on disk up to " + checkpoints.durableEnd()
                    + ": stored messages are damaged or a segment is"
                    + " missing, and a broker does not start on it. Check the disk; restore the log from a backup or a"
                    + " replica");
        }
        if (timestampsBack > 0) {
            findings.note(timestampsBack + " records have an earlier store time than the one before them");
        }
    }
}
