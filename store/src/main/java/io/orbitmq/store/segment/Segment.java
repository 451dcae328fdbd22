package io.orbitmq.store.segment;

import io.orbitmq.foundation.file.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * One file of the log. Has its full length from the start; bytes not yet written read as zeros. Positions are places in
 * the whole log, not in the file. Reads and writes of different ranges may run concurrently.
 */
public final class Segment {

    private final Path path;
    private final long startPosition;
    private final long sizeBytes;
    private final DiskFile file;

    Segment(Path path, long startPosition, long sizeBytes, DiskFile file) {
        this.path = path;
        this.startPosition = startPosition;
        this.sizeBytes = sizeBytes;
        this.file = file;
    }

    public Path path() {
        return path;
    }

    public long startPosition() {
        return startPosition;
    }

    /** Start of the segment behind this one. */
    public long endPosition() {
        return startPosition + sizeBytes;
    }

    public boolean contains(long position) {
        return position >= startPosition && position < endPosition();
    }

    /** Reads until {@code target} is full or the segment ends; returns the number of bytes read. */
    public int read(long position, ByteBuffer target) throws IOException {
        return file.read(position - startPosition, target);
    }

    void write(long position, ByteBuffer source) throws IOException {
        file.write(position - startPosition, source);
    }

    void force() throws IOException {
        file.force(false);
    }

    /** Makes everything from {@code position} on read as zeros, durably. */
    void zeroFrom(long position) throws IOException {
        file.setSize(position - startPosition);
        file.force(true);
        file.setSize(sizeBytes);
        file.force(true);
    }

    void close() throws IOException {
        file.close();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
