package io.orbitmq.benchmarks.store;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.DiskFile;
import io.orbitmq.foundation.file.ForwardingDisk;
import io.orbitmq.foundation.file.ForwardingDiskFile;
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
final class RecordingDisk extends ForwardingDisk {

    private final Path log;
    private final Clock clock;
    private final List<Integer> groups = new ArrayList<>();
    private int pending;
    private long forceNanos;
    private long writeNanos;

    RecordingDisk(Disk disk, Path log, Clock clock) {
        super(disk);
        this.log = log;
        this.clock = clock;
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
    public DiskFile open(Path path) throws IOException {
        DiskFile file = super.open(path);
        return path.startsWith(log) ? new LogFile(file) : file;
    }

    private final class LogFile extends ForwardingDiskFile {

        private LogFile(DiskFile file) {
            super(file);
        }

        @Override
        public void write(long position, ByteBuffer source) throws IOException {
            int bytes = source.remaining();
            boolean zeros = source.getInt(source.position()) == 0;
            long start = clock.nanos();
            super.write(position, source);
            if (!zeros) {
                written(bytes, clock.nanos() - start);
            }
        }

        @Override
        public void force(boolean metadata) throws IOException {
            long start = clock.nanos();
            super.force(metadata);
            forced(clock.nanos() - start);
        }
    }
}
