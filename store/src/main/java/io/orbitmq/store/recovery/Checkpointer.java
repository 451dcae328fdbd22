package io.orbitmq.store.recovery;

import io.orbitmq.store.StateTable;
import io.orbitmq.store.append.Appender;
import io.orbitmq.store.flush.Flusher;
import io.orbitmq.store.index.KeyIndex;
import io.orbitmq.store.index.QueueIndex;
import io.orbitmq.store.segment.LogTail;
import io.orbitmq.store.state.StateTables;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes checkpoints, so that the next opening need not read the whole log. The snapshots of the tables are taken beside
 * running appends and may hold changes from behind the checkpoint's position; that is harmless as changes are absolute,
 * once everything they may hold is durable. Called by one background thread; waits for the disk.
 */
public final class Checkpointer {

    /** The indexes are written when this much of the log is not in their files yet. */
    private static final long INDEX_BEHIND_BYTES = 32L << 20;
    /** A checkpoint is worth writing before its time when so many times what it costs was appended since the last one. */
    private static final long WORTH_COSTS = 128;

    private final CheckpointFiles files;
    private final long sealedFrom;
    private final LogTail tail;
    private final Appender appender;
    private final Flusher flusher;
    private final Derived derived;
    private long sequence;
    private long lastPosition;
    private long lastCostBytes;

    /** What is derived from the log. */
    public record Derived(QueueIndex queues, KeyIndex keys, StateTables tables) {}

    public Checkpointer(Recovery recovery, LogTail tail, Appender appender, Flusher flusher, Derived derived) {
        this.files = recovery.files();
        this.sealedFrom = recovery.sealedFrom();
        this.sequence = recovery.sequence();
        this.lastPosition = recovery.isUpToDate() ? tail.endPosition() : -1;
        this.tail = tail;
        this.appender = appender;
        this.flusher = flusher;
        this.derived = derived;
    }

    /** Segments that end before this may be removed. */
    public synchronized long neededFrom() {
        return files.neededFrom();
    }

    /** Writes a checkpoint if anything was appended since the last one. */
    public synchronized void run() throws IOException {
        if (tail.endPosition() != lastPosition) {
            write(false);
        }
    }

    /**
     * Writes the indexes to their files when they take as much memory as they may, and with it a checkpoint, unless that
     * would write more than it is worth: with very many topics a snapshot is large, and taking it fills the heap.
     */
    public synchronized void relieve() throws IOException {
        if (lastPosition < 0 || tail.endPosition() - lastPosition >= WORTH_COSTS * lastCostBytes) {
            run();
            return;
        }
        if (mark(false).indexesWait()) {
            flusher.flush();
            writeIndexes();
        }
    }

    /** Writes the last checkpoint of an orderly stop; nothing may be appended any more. */
    public synchronized void runClean() throws IOException {
        write(true);
    }

    synchronized void write(boolean clean) throws IOException {
        Mark mark = mark(clean);
        Map<String, ByteBuffer> snapshots = new LinkedHashMap<>();
        for (StateTable table : derived.tables().all()) {
            snapshots.put(table.name(), table.snapshot());
        }
        snapshots.put(QueueEnds.TABLE, QueueEnds.snapshot(derived.queues()));
        flusher.flush();
        if (mark.indexesWait()) {
            writeIndexes();
        }
        files.write(new Checkpoint(
                ++sequence,
                mark.position(),
                flusher.durablePosition(),
                sealedFrom,
                mark.lastStoreTimestamp(),
                clean,
                snapshots));
        lastPosition = mark.position();
        lastCostBytes = QueueEnds.lookedAtBytes(derived.queues())
                + snapshots.values().stream().mapToLong(ByteBuffer::remaining).sum();
    }

    /** What was sealed; the log must be durable up to there. */
    private void writeIndexes() throws IOException {
        derived.queues().writeSealed();
        derived.keys().writeSealed();
    }

    private Mark mark(boolean clean) {
        Mark[] mark = new Mark[1];
        appender.whileStill(() -> {
            long position = tail.endPosition();
            boolean seal = clean
                    || derived.queues().wantsSeal()
                    || derived.keys().wantsSeal()
                    || position - derived.queues().sealedEnd() > INDEX_BEHIND_BYTES;
            if (seal) {
                derived.queues().seal(position);
                derived.keys().seal(position);
            }
            boolean wait = derived.queues().hasUnwritten() || derived.keys().hasUnwritten();
            mark[0] = new Mark(position, appender.lastStoreTimestamp(), seal || wait);
        });
        return mark[0];
    }

    /**
     * Where the log stood when the checkpoint began.
     *
     * @param indexesWait whether sealed parts of the indexes are to be written, perhaps those of an attempt that failed
     */
    private record Mark(long position, long lastStoreTimestamp, boolean indexesWait) {}
}
