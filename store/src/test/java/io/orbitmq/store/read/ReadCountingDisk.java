package io.orbitmq.store.read;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A disk that counts the bytes read from its files and fails to read the byte at one place if told so. */
final class ReadCountingDisk implements Disk {

    private static final long NOWHERE = -1;

    private final Disk disk;
    private final AtomicLong bytesRead = new AtomicLong();
    private volatile long brokenByte = NOWHERE;

    ReadCountingDisk(Disk disk) {
        this.disk = disk;
    }

    long bytesRead() {
        return bytesRead.get();
    }

    /** Reads of this byte of any file fail from now on. */
    void breakAt(long positionInFile) {
        brokenByte = positionInFile;
    }

    @Override
    public DiskFile open(Path path) throws IOException {
        return new CountingFile(disk.open(path));
    }

    @Override
    public DiskFile openReadOnly(Path path) throws IOException {
        return new CountingFile(disk.openReadOnly(path));
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        disk.createDirectories(directory);
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public boolean exists(Path path) {
        return disk.exists(path);
    }

    @Override
    public void delete(Path path) throws IOException {
        disk.delete(path);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        disk.forceDirectory(directory);
    }

    @Override
    public Space space(Path path) throws IOException {
        return disk.space(path);
    }

    @Override
    public AutoCloseable lock(Path path) throws IOException {
        return disk.lock(path);
    }

    private final class CountingFile implements DiskFile {

        private final DiskFile file;

        private CountingFile(DiskFile file) {
            this.file = file;
        }

        @Override
        public int read(long position, ByteBuffer target) throws IOException {
            if (position <= brokenByte && brokenByte < position + target.remaining()) {
                throw new IOException("the disk cannot read byte " + brokenByte);
            }
            int read = file.read(position, target);
            bytesRead.addAndGet(read);
            return read;
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
}
