package io.orbitmq.store.read;

import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.RecordVerdict;
import io.orbitmq.store.segment.CorruptLogException;
import io.orbitmq.store.segment.SegmentedLog;
import io.orbitmq.store.segment.TailReader;
import io.orbitmq.store.segment.TailWindow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Gets records by position: without a copy from the tail window while they are recent, else from the segments. One
 * instance belongs to one read at a time; {@link RecordSources} keeps them for reuse.
 */
final class RecordSource {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int FIRST_BUFFER_BYTES = 16 << 10;
    private static final int FIRST_AHEAD_BYTES = 16 << 10;
    private static final int MAX_AHEAD_BYTES = 256 << 10;
    private static final int MAX_GAP_BYTES = 4 << 10;
    /** A larger buffer is not kept after the read that needed it. */
    private static final int MAX_KEPT_BYTES = 1 << 20;

    private final SegmentedLog log;
    private final TailReader tail;
    private ByteBuffer loaded = NOTHING;
    private long loadedPosition = Long.MAX_VALUE;

    RecordSource(SegmentedLog log, TailWindow window) {
        this.log = log;
        this.tail = new TailReader(window);
    }

    /** Whether {@link #fromMemory} would find it. */
    boolean isInMemory(long position, int sizeBytes) {
        return tail.locate(position, sizeBytes) || isLoaded(position, sizeBytes);
    }

    /**
     * The record, which {@link #isInMemory}; valid until the next call. What came from the disk is checked.
     *
     * @throws IOException when the disk's bytes are not what was written
     */
    ByteBuffer fromMemory(long position, int sizeBytes) throws IOException {
        if (tail.locate(position, sizeBytes)) {
            return tail.record(position, sizeBytes);
        }
        ByteBuffer record = loaded.slice((int) (position - loadedPosition), sizeBytes);
        RecordVerdict verdict = MessageRecord.verify(record, 0, position);
        if (verdict != RecordVerdict.WHOLE) {
            throw new CorruptLogException("The record of " + sizeBytes + " bytes at log position " + position + " ("
                    + log.segmentAt(position).map(Object::toString).orElse("segment removed")
                    + ") is damaged: " + verdict + ". Check the disk; restore the file from a backup or a replica, or"
                    + " move the consumers' offsets past the message.");
        }
        return record;
    }

    /** Reads [position, position + sizeBytes) from the segments, to be found by {@link #fromMemory}; false at the end. */
    boolean load(long position, int sizeBytes) throws IOException {
        return load(position, sizeBytes, sizeBytes);
    }

    /**
     * Reads a record and, when the previous one was a neighbour, what follows it: the next records of the queue are
     * probably there.
     *
     * @param wantedBytes how much the caller would still take
     * @return false when retention has removed the record meanwhile
     */
    boolean loadAhead(long position, int sizeBytes, int wantedBytes) throws IOException {
        boolean neighbour = loadedPosition < position && position - loadedPosition - loaded.limit() <= MAX_GAP_BYTES;
        int ahead = neighbour ? Math.min(MAX_AHEAD_BYTES, wantedBytes) : FIRST_AHEAD_BYTES;
        if (load(position, sizeBytes, Math.max(sizeBytes, ahead))) {
            return true;
        }
        if (position >= log.minPosition()) {
            throw new IOException("The index names a record of " + sizeBytes + " bytes at log position " + position
                    + ", the log has only " + loaded.limit() + " there.");
        }
        return false;
    }

    /** The whole record that starts at {@code position}, checked; empty when none does. */
    Optional<ByteBuffer> at(long position, long endPosition) throws IOException {
        if (position < 0 || endPosition - position < MessageRecord.SMALLEST) {
            return Optional.empty();
        }
        if (!tail.locate(position, MessageRecord.SMALLEST)) {
            return fromDisk(position, endPosition);
        }
        int size = MessageRecord.totalSize(tail.record(position, MessageRecord.SMALLEST), 0);
        if (size < MessageRecord.SMALLEST || !tail.locate(position, size)) {
            return Optional.empty();
        }
        return checkedCopy(tail.record(position, size), position);
    }

    void release() {
        tail.release();
        loaded.limit(0);
        loadedPosition = Long.MAX_VALUE;
        if (loaded.capacity() > MAX_KEPT_BYTES) {
            loaded = NOTHING;
        }
    }

    private boolean load(long position, int leastBytes, int mostBytes) throws IOException {
        if (loaded.capacity() < mostBytes) {
            loaded = ByteBuffer.allocateDirect(Math.max(mostBytes, FIRST_BUFFER_BYTES));
        }
        loaded.clear().limit(mostBytes);
        loadedPosition = position;
        int read = read(position);
        loaded.position(0).limit(read);
        return read >= leastBytes;
    }

    /** Fills {@link #loaded}; 0 bytes when the segment was removed, before or while it was read. */
    private int read(long position) throws IOException {
        try {
            return log.read(position, loaded);
        } catch (IOException e) {
            if (position < log.minPosition()) {
                return 0;
            }
            throw e;
        }
    }

    private boolean isLoaded(long position, int sizeBytes) {
        return position >= loadedPosition && position - loadedPosition + sizeBytes <= loaded.limit();
    }

    private Optional<ByteBuffer> fromDisk(long position, long endPosition) throws IOException {
        if (!load(position, MessageRecord.SMALLEST)) {
            return Optional.empty();
        }
        int size = MessageRecord.totalSize(loaded, 0);
        if (size < MessageRecord.SMALLEST || size > endPosition - position || size > log.segmentSizeBytes()) {
            return Optional.empty();
        }
        return load(position, size) ? checkedCopy(loaded.slice(0, size), position) : Optional.empty();
    }

    private static Optional<ByteBuffer> checkedCopy(ByteBuffer record, long position) {
        return switch (MessageRecord.verify(record, 0, position)) {
            case WHOLE ->
                Optional.of(ByteBuffer.allocate(record.remaining()).put(record).flip());
            default -> Optional.empty();
        };
    }
}
