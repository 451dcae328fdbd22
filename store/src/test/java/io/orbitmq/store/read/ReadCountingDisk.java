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

/** A disk that counts reads and bytes read of its files and fails to read the byte at one place if told so. */
public final class ReadCountingDisk extends ForwardingDisk {

    private static final long NOWHERE = -1;

    private final Map<Path, Count> counts = new ConcurrentHashMap<>();
    private volatile long brokenByte = NOWHERE;

    public ReadCountingDisk(Disk disk) {
        super(disk);
    }

    /** Bytes read from all files. */
    public long bytesRead() {
        return counts.values().stream().mapToLong(count -> count.bytes.get()).sum();
    }

    /** Bytes read from the files that are in this directory. */
    public long bytesRead(Path directory) {
        return countOf(directory).bytes.get();
    }

    /** How often something was read from the files that are in this directory. */
    public long reads(Path directory) {
        return countOf(directory).reads.get();
    }

    /** Reads of this byte of any file fail from now on. */
    void breakAt(long positionInFile) {
        brokenByte = positionInFile;
    }

    @Override
    public DiskFile open(Path path) throws IOException {
        return new CountingFile(super.open(path), countOf(path.getParent()));
    }

    @Override
    public DiskFile openReadOnly(Path path) throws IOException {
        return new CountingFile(super.openReadOnly(path), countOf(path.getParent()));
    }

    private Count countOf(Path directory) {
        return counts.computeIfAbsent(directory, unseen -> new Count());
    }

    private static final class Count {

        private final AtomicLong reads = new AtomicLong();
        private final AtomicLong bytes = new AtomicLong();
    }

    private final class CountingFile extends ForwardingDiskFile {

        private final Count count;

        private CountingFile(DiskFile file, Count count) {
            super(file);
            this.count = count;
        }

        @Override
        public int read(long position, ByteBuffer target) throws IOException {
            if (position <= brokenByte && brokenByte < position + target.remaining()) {
                throw new IOException("the disk cannot read byte " + brokenByte);
            }
            int read = super.read(position, target);
            count.reads.incrementAndGet();
            count.bytes.addAndGet(read);
            return read;
        }
    }
}
