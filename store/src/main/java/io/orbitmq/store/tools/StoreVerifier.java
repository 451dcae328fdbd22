package io.orbitmq.store.tools;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.DiskFile;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.RecordVerdict;
import io.orbitmq.store.index.DamagedIndexException;
import io.orbitmq.store.index.IndexAudit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks a store that no broker has open, and changes nothing: every record's checksum and place, the order of offsets in
 * every queue, and whether the queue index says what the log says. Reads the whole log.
 */
public final class StoreVerifier {

    private static final Pattern SEGMENT_NAME = Pattern.compile("\\d{20}");

    private final Disk disk;
    private final Path root;
    private final Path commitLog;
    private final Findings findings = new Findings();
    private long minPosition;
    private long endPosition;
    private long records;
    private long sealed;
    private long lastTimestamp;
    private long timestampsBack;
    private long unclosedFrom = -1;

    private StoreVerifier(Disk disk, Path root, Path commitLog) {
        this.disk = disk;
        this.root = root;
        this.commitLog = commitLog;
    }

    /**
     * Checks the store.
     *
     * @param root [storePathRootDir]
     * @param commitLog [storePathCommitLog], ordinarily {@code commitlog} in it
     * @throws IOException when there is no log, a broker has the store open, or the disk fails
     */
    public static VerifyReport verify(Disk disk, Path root, Path commitLog) throws IOException {
        if (!disk.exists(commitLog)) {
            throw new IOException("expected the segments of a log in " + commitLog
                    + ", found no such directory; give the store's root (storePathRootDir)");
        }
        Path lock = root.resolve("lock");
        if (!disk.exists(lock)) {
            return new StoreVerifier(disk, root, commitLog).run();
        }
        AutoCloseable held = disk.lock(lock);
        try {
            return new StoreVerifier(disk, root, commitLog).run();
        } finally {
            release(held);
        }
    }

    private VerifyReport run() throws IOException {
        Path own = root.resolve("orbitmq");
        Optional<IndexAudit> index = openIndex(own.resolve("queues"));
        try {
            long indexedEnd = index.map(IndexAudit::indexedEnd).orElse(-1L);
            QueueLedger ledger = new QueueLedger(findings, indexedEnd);
            List<Path> segments = segments();
            walk(segments, ledger);
            int queues = ledger.queueCount();
            long compared = 0;
            if (index.isPresent() && indexedEnd >= 0) {
                compared = compare(index.get(), ledger);
            }
            if (indexedEnd > endPosition) {
                findings.problem(
                        "the index covers the log up to " + indexedEnd + ", but the log ends at " + endPosition);
            }
            long pages = checkPages(own.resolve("queues")) + checkPages(own.resolve("keys"));
            if (timestampsBack > 0) {
                findings.note(timestampsBack + " records have an earlier store time than the one before them");
            }
            return new VerifyReport(
                    segments.size(),
                    minPosition,
                    endPosition,
                    records,
                    sealed,
                    queues,
                    indexedEnd,
                    compared,
                    pages,
                    findings.problems(),
                    findings.problemCount(),
                    findings.notes());
        } finally {
            index.ifPresent(IndexAudit::close);
        }
    }

    private List<Path> segments() throws IOException {
        return disk.list(commitLog).stream()
                .filter(path ->
                        SEGMENT_NAME.matcher(path.getFileName().toString()).matches())
                .toList();
    }

    private void walk(List<Path> segments, QueueLedger ledger) throws IOException {
        long expectedStart = -1;
        for (Path path : segments) {
            long start = Long.parseLong(path.getFileName().toString());
            if (expectedStart < 0) {
                minPosition = start;
                endPosition = start;
            } else if (start != expectedStart) {
                findings.problem("the log has a gap: a segment at " + expectedStart + " was expected, found " + path);
            }
            try (DiskFile file = disk.openReadOnly(path)) {
                walk(file, start, ledger);
                expectedStart = start + file.size();
            }
        }
    }

    private void walk(DiskFile file, long start, QueueLedger ledger) throws IOException {
        long before = records;
        SegmentWalk walk = new SegmentWalk(file, start, file.size(), new SegmentWalk.Visitor() {
            @Override
            public void record(ByteBuffer buffer, int base, long position) {
                take(buffer, base, position, ledger);
            }

            @Override
            public void damaged(long from, long to, RecordVerdict verdict) {
                findings.problem("damaged: bytes " + from + " to " + to + " are no sound record (" + verdict + "), "
                        + "records follow");
            }
        });
        long end = walk.run();
        if (records > before) {
            if (unclosedFrom >= 0) {
                findings.problem("damaged: bytes " + unclosedFrom + " to " + start
                        + " are no sound record, records follow in the next segment");
            }
            endPosition = end;
            unclosedFrom = walk.isClosedByBlank() ? -1 : end;
        }
        if (!walk.isClosedByBlank() && !walk.isZeroBehind()) {
            findings.note("bytes behind position " + end + " are not all zero: a torn tail, cut at the next start,"
                    + " or damage that reaches to the end of the segment");
        }
    }

    private void take(ByteBuffer buffer, int base, long position, QueueLedger ledger) {
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

    private Optional<IndexAudit> openIndex(Path directory) throws IOException {
        if (!disk.exists(directory)) {
            findings.note("there is no queue index in " + directory + ": the next start builds it from the log");
            return Optional.empty();
        }
        try {
            return Optional.of(IndexAudit.open(disk, directory));
        } catch (DamagedIndexException | NoSuchFileException e) {
            findings.problem("the queue index is damaged and the next start will rebuild it: " + e.getMessage());
            return Optional.empty();
        }
    }

    private long compare(IndexAudit index, QueueLedger ledger) throws IOException {
        long[] compared = new long[1];
        try {
            index.forEachQueue(minPosition, (topic, queueId, min, next, entries, digest) -> {
                compared[0] += entries;
                ledger.compare(topic, queueId, next, entries, digest);
            });
            ledger.reportMissing();
        } catch (DamagedIndexException e) {
            findings.problem("the queue index is damaged and the next start will rebuild it: " + e.getMessage());
        }
        return compared[0];
    }

    private long checkPages(Path directory) throws IOException {
        try {
            return IndexAudit.checkPages(disk, directory);
        } catch (DamagedIndexException e) {
            findings.problem("an index file is damaged: " + e.getMessage());
            return 0;
        }
    }

    private static void release(AutoCloseable lock) throws IOException {
        try {
            lock.close();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the store's lock cannot be released", e);
        }
    }
}
