package io.orbitmq.store.read;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.DiskFile;
import io.orbitmq.foundation.file.ForwardingDisk;
import io.orbitmq.foundation.file.ForwardingDiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** A disk that counts the bytes read from its files and fails to read the byte at one place if told so. */
final class ReadCountingDisk extends ForwardingDisk {

    private static final long NOWHERE = -1;

    private final AtomicLong bytesRead = new AtomicLong();
    private volatile long brokenByte = NOWHERE;

    ReadCountingDisk(Disk disk) {
        super(disk);
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
        return new CountingFile(super.open(path));
    }

    @Override
    public DiskFile openReadOnly(Path path) throws IOException {
        return new CountingFile(super.openReadOnly(path));
    }

    private final class CountingFile extends ForwardingDiskFile {

        private CountingFile(DiskFile file) {
            super(file);
        }

        @Override
        public int read(long position, ByteBuffer target) throws IOException {
            if (position <= brokenByte && brokenByte < position + target.remaining()) {
                throw new IOException("the disk cannot read byte " + brokenByte);
            }
            int read = super.read(position, target);
            bytesRead.addAndGet(read);
            return read;
        }
    }
}
