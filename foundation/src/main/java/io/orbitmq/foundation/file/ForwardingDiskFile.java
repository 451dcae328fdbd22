package io.orbitmq.foundation.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file that hands every call to another, closing included; see {@link ForwardingDisk}. Threads and errors are those of the
 * other file.
 */
public abstract class ForwardingDiskFile implements DiskFile {

    private final DiskFile file;

    /** @param file gets the calls */
    protected ForwardingDiskFile(DiskFile file) {
        this.file = file;
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        return file.read(position, target);
    }

    @Override
    public void write(long position, ByteBuffer source) throws IOException {
        file.write(position, source);
    }

    @Override
    public void force(boolean metadata) throws IOException {
        file.force(metadata);
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public void setSize(long sizeBytes) throws IOException {
        file.setSize(sizeBytes);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
