package io.orbitmq.benchmarks.store;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.DiskFile;
import io.orbitmq.foundation.time.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A disk that remembers how many bytes of messages each force of a log file brought to the disk. Forces that brought none,
 * and zeros written ahead, are not counted. Any thread.
 */
final class RecordingDisk implements Disk {

    private final Disk disk;
    private final Path log;
    private final Clock clock;
    private final List<Integer> groups = new ArrayList<>();
    private int pending;
    private long forceNanos;
    private long writeNanos;

    RecordingDisk(Disk disk, Path log, Clock clock) {
        this.clock = clock;
        this.disk = disk;
        this.log = log;
    }

    /** Sizes of the groups since the last call. */
    synchronized int[] takeGroups() {
        int[] taken = groups.stream().mapToInt(Integer::intValue).toArray();
        groups.clear();
        return taken;
    }

    private synchronized void written(int bytes, long nanos) {
        pending += bytes;
        writeNanos += nanos;
    }

    /** Time that writes of messages have taken since the last call. */
    synchronized long takeWriteNanos() {
        long taken = writeNanos;
        writeNanos = 0;
        return taken;
    }

    /** Time that forces of groups have taken since the last call. */
    synchronized long takeForceNanos() {
        long taken = forceNanos;
        forceNanos = 0;
        return taken;
    }

    private synchronized void forced(long nanos) {
        if (pending > 0) {
            forceNanos += nanos;
            groups.add(pending);
            pending = 0;
        }
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
    public DiskFile open(Path path) throws IOException {
        DiskFile file = disk.open(path);
        return path.startsWith(log) ? new LogFile(file) : file;
    }

    @Override
    public DiskFile openReadOnly(Path path) throws IOException {
        return disk.openReadOnly(path);
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

    private final class LogFile implements DiskFile {

        private final DiskFile file;

        private LogFile(DiskFile file) {
            this.file = file;
        }

        @Override
        public int read(long position, ByteBuffer target) throws IOException {
            return file.read(position, target);
        }

        @Override
        public void write(long position, ByteBuffer source) throws IOException {
            int bytes = source.remaining();
            boolean zeros = source.getInt(source.position()) == 0;
            long start = clock.nanos();
            file.write(position, source);
            if (!zeros) {
                written(bytes, clock.nanos() - start);
            }
        }

        @Override
        public void force(boolean metadata) throws IOException {
            long start = clock.nanos();
            file.force(metadata);
            forced(clock.nanos() - start);
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
