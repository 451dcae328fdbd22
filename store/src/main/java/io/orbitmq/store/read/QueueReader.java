package io.orbitmq.store.read;

import io.orbitmq.store.MessageStore.EntrySink;
import io.orbitmq.store.MessageStore.RecordSink;
import io.orbitmq.store.MessageStore.TimeBoundary;
import io.orbitmq.store.ReadOutcome;
import io.orbitmq.store.ReadOutcome.Status;
import io.orbitmq.store.ReadRequest;
import io.orbitmq.store.index.EntryCursor;
import io.orbitmq.store.index.IndexedQueue;
import io.orbitmq.store.index.QueueIndex;
import io.orbitmq.store.segment.SegmentedLog;
import io.orbitmq.store.segment.TailWindow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Answers questions about one queue: its messages from an offset on, the time of one, the offset of a time. Any thread.
 * An {@link UncheckedIOException} means that the disk failed; the question may be asked again.
 */
public final class QueueReader {

    private static final int BLOCK_BYTES = 64 << 10;

    private final QueueIndex index;
    private final SegmentedLog log;
    private final BlockCache cache;
    private final RecordSources sources;
    private final LongSupplier safeEnd;

    /**
     * @param safeEnd end of what may be seen of the log
     * @param cacheBytes how much memory what was read from the files may take
     */
    public QueueReader(QueueIndex index, SegmentedLog log, TailWindow window, LongSupplier safeEnd, long cacheBytes) {
        this.index = index;
        this.log = log;
        this.cache = new BlockCache(log, window, safeEnd, new BlockCache.Size(BLOCK_BYTES, cacheBytes));
        this.sources = new RecordSources(log, window, cache);
        this.safeEnd = safeEnd;
    }

    /** Messages from an offset on; statuses and next offsets as in protocol/07 section 5.3. */
    public ReadOutcome read(IndexedQueue queue, ReadRequest request, RecordSink sink) {
        long max = queue.maxOffset();
        long min = Math.min(queue.minOffset(), max);
        long offset = request.offset();
        if (max == 0) {
            return nothing(Status.NO_MESSAGE_IN_QUEUE, 0, min, max);
        }
        if (offset < min) {
            return nothing(Status.OFFSET_TOO_SMALL, min, min, max);
        }
        if (offset == max) {
            return nothing(Status.OFFSET_OVERFLOW_ONE, offset, min, max);
        }
        if (offset > max) {
            return nothing(Status.OFFSET_OVERFLOW_BADLY, max, min, max);
        }
        RecordSource source = sources.take();
        try (EntryCursor entries =
                request.memoryOnly() ? index.entriesInMemory(queue, offset) : index.entries(queue, offset)) {
            ReadOutcome outcome = new QueueScan(log.minPosition(), request, source, sink).run(entries, min, max);
            long ahead = request.memoryOnly() ? source.claimAhead() : -1;
            if (ahead >= 0) {
                sink.readAhead(() -> cache.loadAhead(ahead));
            }
            return outcome;
        } catch (IOException e) {
            throw failed(queue, offset, e);
        } finally {
            sources.giveBack(source);
        }
    }

    /** The visible entries from an offset on, until the sink has enough. */
    public void scan(IndexedQueue queue, long fromOffset, EntrySink sink) {
        try (EntryCursor entries = index.entries(queue, fromOffset)) {
            boolean more = true;
            while (more && entries.next()) {
                more = sink.accept(entries.offset(), entries.position(), entries.sizeBytes(), entries.tagsCode());
            }
        } catch (IOException e) {
            throw failed(queue, fromOffset, e);
        }
    }

    /** The whole, checked record that starts at {@code position}; a copy. */
    public Optional<ByteBuffer> recordAt(long position) {
        RecordSource source = sources.take();
        try {
            return position < log.minPosition() ? Optional.empty() : source.at(position, safeEnd.getAsLong());
        } catch (IOException e) {
            throw new UncheckedIOException("Reading the record at log position " + position + " failed.", e);
        } finally {
            sources.giveBack(source);
        }
    }

    /** Store time of the message at {@code offset}; -1 when it is not there. */
    public long storeTimestampAt(IndexedQueue queue, long offset) {
        if (offset < queue.minOffset() || offset >= queue.maxOffset()) {
            return -1;
        }
        RecordSource source = sources.take();
        try {
            return new TimeSearch(index, queue, source).timestampAt(offset);
        } catch (IOException e) {
            throw failed(queue, offset, e);
        } finally {
            sources.giveBack(source);
        }
    }

    /** Offset by time (protocol/05 section 5). */
    public long offsetByTime(IndexedQueue queue, long timestampMs, TimeBoundary boundary) {
        RecordSource source = sources.take();
        try {
            return new TimeSearch(index, queue, source).offsetOf(timestampMs, boundary);
        } catch (IOException e) {
            throw failed(queue, queue.minOffset(), e);
        } finally {
            sources.giveBack(source);
        }
    }

    private static ReadOutcome nothing(Status status, long next, long min, long max) {
        return new ReadOutcome(status, next, min, max, 0, 0);
    }

    private static UncheckedIOException failed(IndexedQueue queue, long offset, IOException e) {
        return new UncheckedIOException("Reading queue " + queue + " at offset " + offset + " failed.", e);
    }
}
