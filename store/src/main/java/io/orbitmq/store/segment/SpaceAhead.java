package io.orbitmq.store.segment;

import io.orbitmq.foundation.file.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Keeps room ready ahead of the log's end: segments created, their blocks taken by writing zeros. So a record is only
 * placed where the disk has already given the space, and "no space left" refuses an append instead of breaking one; and
 * a force of the log finds no block to allocate.
 *
 * <p>Everything before {@link #readyPosition} has its space. Zeros are written only at or after it, records only before
 * it, so the two never meet. Safe for any thread.
 */
public final class SpaceAhead {

    /** Small, as records of the same file must wait while a piece is written. */
    private static final int MAX_PIECE_BYTES = 1 << 16;
    /** What is worth running ahead for. */
    private static final long MAX_STEP_BYTES = 1 << 20;

    private static final long MAX_LEAD_BYTES = 16L << 20;

    private final SegmentedLog log;
    private final long leadBytes;
    private final long stepBytes;
    private final ByteBuffer zeros;
    private volatile long readyPosition;

    /** @param endPosition end of the log's records; what follows in its segment reads as zeros */
    public SpaceAhead(SegmentedLog log, long endPosition) {
        this.log = log;
        this.readyPosition = endPosition;
        this.zeros = ByteBuffer.allocateDirect((int) Math.min(MAX_PIECE_BYTES, log.segmentSizeBytes()));
        this.leadBytes = Math.min(MAX_LEAD_BYTES, log.segmentSizeBytes());
        this.stepBytes = Math.min(MAX_STEP_BYTES, log.segmentSizeBytes());
    }

    public long readyPosition() {
        return readyPosition;
    }

    /** Whether {@link #runAhead} has something worth doing. */
    boolean isShort(long endPosition) {
        return readyPosition - endPosition <= leadBytes - stepBytes;
    }

    /**
     * Makes room up to {@code position}, at once if that has not happened yet.
     *
     * @throws NoRoomException when the disk has no space to give
     * @throws IOException when the disk fails: what fails at zeros will fail at records
     */
    void ensure(long position) throws IOException {
        while (readyPosition < position) {
            try {
                advance(position);
            } catch (IOException e) {
                throw failure(readyPosition, e);
            }
        }
    }

    /** The segment at {@code position}, which is the start of one; throws as {@link #ensure} does. */
    Segment ensureSegmentAt(long position) throws IOException {
        try {
            return log.ensureSegmentAt(position);
        } catch (IOException e) {
            throw failure(position, e);
        }
    }

    /** Makes room as far ahead of the log's end as wanted; throws as {@link #ensure} does. To be called off the append path. */
    public void runAhead(long endPosition) throws IOException {
        ensure(endPosition + leadBytes);
    }

    private synchronized void advance(long wanted) throws IOException {
        long from = readyPosition;
        if (from >= wanted) {
            return;
        }
        Segment segment = log.ensureSegmentAt(from);
        ByteBuffer piece = zeros.duplicate();
        piece.limit((int) Math.min(piece.capacity(), segment.endPosition() - from));
        long to = from + piece.limit();
        segment.write(from, piece);
        readyPosition = to;
    }

    private IOException failure(long position, IOException cause) {
        if (NoRoomException.isForWantOfFiles(cause)) {
            return new NoRoomException(log.directory(), position, cause);
        }
        try {
            Disk.Space space = log.space();
            if (NoRoomException.isCausedBy(cause, zeros.capacity(), space)) {
                return new NoRoomException(log.directory(), position, zeros.capacity(), space, cause);
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return new IOException("making room at position " + position + ": " + cause.getMessage(), cause);
    }
}
