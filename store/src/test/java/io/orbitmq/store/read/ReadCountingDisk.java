package io.orbitmq.store.read;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.DiskFile;
import io.orbitmq.foundation.file.ForwardingDisk;
import io.orbitmq.foundation.file.ForwardingDiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A disk that counts the bytes read from its files and fails to read the byte at one place if told so. */
public final class ReadCountingDisk extends ForwardingDisk {

    private static final long NOWHERE = -1;

    private final Map<Path, AtomicLong> bytesRead = new ConcurrentHashMap<>();
    private volatile long brokenByte = NOWHERE;

    public ReadCountingDisk(Disk disk) {
        super(disk);
    }

    long bytesRead() {
        return bytesRead.values().stream().mapToLong(AtomicLong::get).sum();
    }

    /** Bytes read from the files that are in this directory. */
    public long bytesRead(Path directory) {
        return bytesReadOf(directory).get();
    }

    /** Reads of this byte of any file fail from now on. */
    void breakAt(long positionInFile) {
        brokenByte = positionInFile;
    }

    @Override
    public DiskFile open(Path path) throws IOException {
        return new CountingFile(super.open(path), bytesReadOf(path.getParent()));
    }

    @Override
    public DiskFile openReadOnly(Path path) throws IOException {
        return new CountingFile(super.openReadOnly(path), bytesReadOf(path.getParent()));
    }

    private AtomicLong bytesReadOf(Path directory) {
        return bytesRead.computeIfAbsent(directory, unseen -> new AtomicLong());
    }

    private final class CountingFile extends ForwardingDiskFile {

        private final AtomicLong count;

        private CountingFile(DiskFile file, AtomicLong count) {
            super(file);
            this.count = count;
        }

        @Override
        public int read(long position, ByteBuffer target) throws IOException {
            if (position <= brokenByte && brokenByte < position + target.remaining()) {
                throw new IOException("the disk cannot read byte " + brokenByte);
            }
            int read = super.read(position, target);
            count.addAndGet(read);
            return read;
        }
    }
}
