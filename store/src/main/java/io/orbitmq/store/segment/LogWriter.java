package io.orbitmq.store.segment;

import io.orbitmq.foundation.time.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Moves bytes from the tail window to the files, in order, in pieces as large as there are. Any thread may call it; one
 * at a time does the work. A failed write leaves the file in doubt: the caller must take no further append.
 */
public final class LogWriter {

    private static final int MAX_PIECE_BYTES = 1 << 20;

    /** What the kernel reads from the disk before it writes a part of it, if it is not in its cache. */
    private static final int PAGE_BYTES = 4096;
    /** So long after the last write the log is slow: zeros ahead may be old and have left the page cache. */
    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final TailWindow window;
    private final SpaceAhead space;
    private final Clock clock;
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(PAGE_BYTES);
    private final ReentrantLock lock = new ReentrantLock();
    private volatile long chunkNumber;
    private volatile long writtenPosition;
    private long lastWriteNanos;

    /** @param endPosition end of the log when it was opened */
    public LogWriter(TailWindow window, SpaceAhead space, Clock clock, long endPosition) {
        this.window = window;
        this.space = space;
        this.clock = clock;
        this.lastWriteNanos = clock.nanos();
        this.writtenPosition = endPosition;
    }

    /** Everything before is in the files, not necessarily forced. */
    public long writtenPosition() {
        return writtenPosition;
    }

    /** Writes everything that was placed before the call; returns the new written position. */
    public long writeStaged() throws IOException {
        lock.lock();
        try {
            while (writeChunk()) {
                // the next one
            }
            return writtenPosition;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the chunk was written to its end and left. */
    boolean isDoneWith(long number) {
        return number < chunkNumber;
    }

    /** The chunk that it writes, or will write next; it is done with those before. */
    long chunkNumber() {
        return chunkNumber;
    }

    /** Writes what is outstanding of one chunk; true when there is a later chunk to go on with. */
    private boolean writeChunk() throws IOException {
        // read before the chunk's end: that end is final if a later chunk was begun
        long begun = window.begun();
        if (chunkNumber == begun) {
            return false;
        }
        TailChunk chunk = window.chunk(chunkNumber);
        long end = chunk.end();
        long from = Math.max(writtenPosition, chunk.start());
        if (from < end) {
            write(chunk, from, end);
        }
        writtenPosition = Math.max(writtenPosition, end);
        if (chunkNumber + 1 == begun) {
            return false;
        }
        chunkNumber++;
        return true;
    }

    private void write(TailChunk chunk, long from, long end) throws IOException {
        long now = clock.nanos();
        if (now - lastWriteNanos >= SLOW_NANOS) {
            beginLastPage(chunk.segment(), from, end);
        }
        lastWriteNanos = now;
        ByteBuffer bytes = chunk.view();
        long at = from;
        while (at < end) {
            int length = (int) Math.min(MAX_PIECE_BYTES, end - at);
            int index = (int) (at - chunk.start());
            chunk.segment().write(at, bytes.limit(index + length).position(index));
            at += length;
        }
    }

    /**
     * Writes zeros over the whole page that [from, end) ends in, if it begins in there: so the kernel need not read the page
     * first, which would make an event loop wait for the disk. Not where room is still to be made, nor past the segment.
     */
    private void beginLastPage(Segment segment, long from, long end) throws IOException {
        long page = end - (end - segment.startPosition()) % PAGE_BYTES;
        long pageEnd = page + PAGE_BYTES;
        if (page >= from && page < end && pageEnd <= Math.min(space.readyPosition(), segment.endPosition())) {
            segment.write(page, zeros.clear());
        }
    }
}
