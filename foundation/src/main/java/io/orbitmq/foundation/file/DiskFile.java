package io.orbitmq.foundation.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One open file with positional access. Reads and writes of different ranges may run concurrently. A write is visible
 * to reads at once and durable after {@link #force}. After a failed {@code force} nothing may be assumed about what
 * reached the disk; callers must not retry and hope.
 */
public interface DiskFile extends AutoCloseable {

    /** Reads until {@code target} is full or the file ends; returns the number of bytes read, 0 at or past the end. */
    int read(long position, ByteBuffer target) throws IOException;

    /** Writes all remaining bytes of {@code source} at {@code position}, growing the file when needed. */
    void write(long position, ByteBuffer source) throws IOException;

    /** Makes written bytes durable; {@code metadata} also the file's size. */
    void force(boolean metadata) throws IOException;

    /** Current length in bytes. */
    long size() throws IOException;

    /** Cuts or extends (sparse, reading as zeros) to {@code sizeBytes}. */
    void setSize(long sizeBytes) throws IOException;

    @Override
    void close() throws IOException;
}
