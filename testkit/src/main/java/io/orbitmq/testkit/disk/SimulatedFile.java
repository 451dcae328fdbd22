package io.orbitmq.testkit.disk;

import io.orbitmq.foundation.file.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;

/** An open file of a {@link SimulatedDisk}; useless after the crash of the machine or the death of the process. */
final class SimulatedFile implements DiskFile {

    private final SimulatedDisk disk;
    private final Path path;
    private final FileContent content;
    private final int epoch;
    private final boolean writable;
    private boolean closed;

    SimulatedFile(SimulatedDisk disk, Path path, FileContent content, int epoch, boolean writable) {
        this.disk = disk;
        this.path = path;
        this.content = content;
        this.epoch = epoch;
        this.writable = writable;
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        synchronized (disk) {
            checkOpen();
            byte[] bytes = new byte[target.remaining()];
            int count = content.read((int) Math.min(Integer.MAX_VALUE, position), bytes, bytes.length);
            target.put(bytes, 0, count);
            return count;
        }
    }

    @Override
    public void write(long position, ByteBuffer source) throws IOException {
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        synchronized (disk) {
            checkWritable();
            disk.write(this, Math.toIntExact(position), bytes);
        }
    }

    @Override
    public void force(boolean metadata) throws IOException {
        synchronized (disk) {
            checkOpen();
            disk.force(this);
        }
    }

    @Override
    public long size() throws IOException {
        synchronized (disk) {
            checkOpen();
            return content.size();
        }
    }

    @Override
    public void setSize(long sizeBytes) throws IOException {
        synchronized (disk) {
            checkWritable();
            disk.setSize(this, Math.toIntExact(sizeBytes));
        }
    }

    @Override
    public void close() {
        synchronized (disk) {
            closed = true;
        }
    }

    FileContent content() {
        return content;
    }

    private void checkOpen() throws IOException {
        if (closed || epoch != disk.epoch()) {
            throw new ClosedChannelException();
        }
    }

    private void checkWritable() throws IOException {
        checkOpen();
        if (!writable) {
            throw new IOException(path + " was opened for reading only");
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
