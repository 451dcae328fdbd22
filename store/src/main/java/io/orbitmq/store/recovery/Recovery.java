package io.orbitmq.store.recovery;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.store.MessageStore;
import io.orbitmq.store.append.RecordDispatcher;
import io.orbitmq.store.index.QueueIndex;
import io.orbitmq.store.segment.CorruptLogException;
import io.orbitmq.store.segment.SegmentedLog;
import io.orbitmq.store.state.StateTables;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of opening a log, in order: {@link #findEnd} from the newest checkpoint on, {@link #restoreTables}, {@link
 * #replay}. How long it takes is bounded by what was appended since the checkpoint, not by the log's size; without a
 * checkpoint (a store of Apache RocketMQ) the whole log is read. One thread.
 */
public final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    /** More than can be written and not forced when a store crashes. */
    private static final long MAX_REWRITTEN_BYTES = 256L << 20;

    private final SegmentedLog log;
    private final CheckpointFiles files;
    private final CutFiles cutFiles;
    private final Checkpoint checkpoint;
    private final boolean clean;
    private final TailRepair.CutCheck cutCheck;
    private LogEnd end = new LogEnd(0, 0, 0, 0, 0);

    /**
     * Reads the newest checkpoint.
     *
     * @param root the store's root directory
     * @param own directory of all that is derived from the log; may be missing
     * @param crashed whether the store was not closed in order
     */
    public Recovery(SegmentedLog log, Disk disk, Path root, Path own, boolean crashed) throws IOException {
        this.log = log;
        this.files = new CheckpointFiles(disk, own);
        this.cutFiles = new CutFiles(disk, own.resolve("cut"));
        this.checkpoint = files.load(log.minPosition());
        this.clean = checkpoint.clean() && !crashed;
        this.cutCheck = checkpoint.exists() ? found -> {} : ForeignDamage.of(log, disk, root, crashed)::check;
    }

    /** Checks the log, cuts a torn tail, makes sure that all the rest is on disk, and returns the end. */
    public long findEnd() throws IOException {
        // after a crash one interval more is checked than need be replayed: durable data that a failing disk damaged
        // is found while a copy of it may still be around
        long from = Math.max(clean ? checkpoint.position() : files.neededFrom(), log.minPosition());
        // whoever appended behind an orderly stop was another program, which seals nothing
        long sealedFrom = clean ? Long.MAX_VALUE : checkpoint.sealedFrom();
        LogBounds bounds = new LogBounds(from, checkpoint.durableEnd(), sealedFrom, clean);
        end = new TailRepair(log, bounds, cutCheck, cutFiles).run();
        long inDoubt = Math.max(from, checkpoint.durableEnd());
        log.rewrite(Math.max(inDoubt, end.position() - MAX_REWRITTEN_BYTES), end.position());
        log.force(inDoubt, end.position());
        LOG.info(
                "event=log-scanned from={} end={} records={} without-checksum={} clean={}",
                from,
                end.position(),
                end.scannedRecords(),
                end.unsealedRecords(),
                clean);
        return end.position();
    }

    /** Gives the tables the checkpoint's snapshots, and the index what only the checkpoint knows. */
    public void restoreTables(StateTables tables, QueueIndex index) {
        checkpoint.tables().forEach((name, snapshot) -> {
            if (name.equals(QueueEnds.TABLE)) {
                QueueEnds.restore(snapshot, checkpoint.position(), index);
            } else {
                tables.restore(name, snapshot);
            }
        });
    }

    /**
     * Feeds the dispatcher with the records since the checkpoint, and since what {@code indexes} know. Writes the indexes
     * to their files meanwhile whenever they take their share of memory, so that a log of any length can be read.
     */
    public void replay(ReplayedIndexes indexes, RecordDispatcher dispatcher) throws IOException {
        long from = Math.max(log.minPosition(), Math.min(indexes.indexedEnd(), checkpoint.position()));
        LogScanner scanner = new LogScanner(log, from, new SealCheck(Long.MAX_VALUE));
        long records = 0;
        while (scanner.position() < end.position() && scanner.next()) {
            dispatcher.replay(scanner.buffer(), scanner.base());
            scanner.advance();
            records++;
            indexes.writeIfFull(scanner.position());
        }
        if (scanner.position() < end.position()) {
            throw new CorruptLogException(
                    new Damage(log, scanner.position(), scanner.ending()).sentence(end.position()));
        }
        LOG.info("event=log-replayed from={} end={} records={}", from, end.position(), records);
    }

    /**
     * Shows the records that were stored in the {@code last} time before a crash, oldest first, but no more than the last
     * 64 MiB of the log; none after an orderly stop. For the time of opening.
     */
    public void showTail(Duration last, MessageStore.RecordSink sink) throws IOException {
        if (clean) {
            return;
        }
        new TailView(log, end.position()).show(lastStoreTimestamp() - last.toMillis(), sink);
    }

    /** Whether an earlier opening left one; if not, this log was never opened by this store, or all but it was removed. */
    public boolean hasCheckpoint() {
        return checkpoint.exists();
    }

    /** Store time of the log's last record. */
    public long lastStoreTimestamp() {
        return Math.max(checkpoint.lastStoreTimestamp(), end.lastStoreTimestamp());
    }

    /** Position from which every record has, and will have, the whole checksum. */
    long sealedFrom() {
        boolean foreignTail = end.unsealedRecords() > 0;
        long known = foreignTail ? end.sealedFrom() : Math.min(checkpoint.sealedFrom(), end.sealedFrom());
        return Math.min(end.position(), known);
    }

    /** Whether the checkpoint says all there is to know of the log as it is now. */
    boolean isUpToDate() {
        return clean && end.position() == checkpoint.position();
    }

    CheckpointFiles files() {
        return files;
    }

    long sequence() {
        return checkpoint.sequence();
    }
}
