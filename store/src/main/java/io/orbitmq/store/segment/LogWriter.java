package io.orbitmq.store.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Moves bytes from the tail window to the files, in order, in pieces as large as there are. Any thread may call it; one
 * at a time does the work. A failed write leaves the file in doubt: the caller must take no further append.
 */
public final class LogWriter {

    private static final int MAX_PIECE_BYTES = 1 << 20;

    private final TailWindow window;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile long chunkNumber;
    private volatile long writtenPosition;

    /** @param endPosition end of the log when it was opened */
    public LogWriter(TailWindow window, long endPosition) {
        this.window = window;
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

    private static void write(TailChunk chunk, long from, long end) throws IOException {
        ByteBuffer bytes = chunk.view();
        long at = from;
        while (at < end) {
            int length = (int) Math.min(MAX_PIECE_BYTES, end - at);
            int index = (int) (at - chunk.start());
            chunk.segment().write(at, bytes.limit(index + length).position(index));
            at += length;
        }
    }
}
