package io.orbitmq.benchmarks.store;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.DiskFile;
import io.orbitmq.foundation.file.SystemDisk;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.StoreConfig.FlushMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * How near SYNC_FLUSH comes to the bare disk. Arguments: an empty directory, senders, bytes of a body, seconds per round,
 * rounds. A round runs the store with so many waiting senders and notes what each force brought to the disk; then it
 * writes and forces pieces of the very same sizes with nothing around it: into a file whose blocks are there already, into
 * one that gets its blocks as the store's log does, by zeros written ahead as it goes, and into one that grows.
 */
public final class GroupCommitLoad {

    private static final long SEGMENT_BYTES = 1L << 30;
    private static final int QUEUES = 16;
    /** As the store's. */
    private static final long LEAD_BYTES = 16L << 20;

    private final Clock clock = new SystemClock();
    private final Disk disk = new SystemDisk();

    private GroupCommitLoad() {}

    /** Runs the measurement; see the class. */
    public static void main(String[] arguments) throws IOException {
        new GroupCommitLoad()
                .run(
                        Path.of(arguments[0]),
                        Integer.parseInt(arguments[1]),
                        Integer.parseInt(arguments[2]),
                        Long.parseLong(arguments[3]) * 1_000_000_000L,
                        Integer.parseInt(arguments[4]));
    }

    private void run(Path root, int senders, int bodyBytes, long nanos, int rounds) throws IOException {
        RecordingDisk recording = new RecordingDisk(disk, root.resolve("commitlog"), clock);
        try (MeasuredStore measured = new MeasuredStore(root, FlushMode.SYNC_FLUSH, SEGMENT_BYTES, recording)) {
            LogQueue[] queues = new LogQueue[QUEUES];
            for (int i = 0; i < QUEUES; i++) {
                queues[i] = measured.store().queue("topic", i);
            }
            WaitingSenders sending = new WaitingSenders(measured.store(), senders, new DraftSource(bodyBytes, 0));
            sending.run(queues, clock, nanos / 2);
            for (int round = 0; round < rounds; round++) {
                recording.takeGroups();
                recording.takeForceNanos();
                recording.takeWriteNanos();
                Usage before = Usage.now();
                long start = clock.nanos();
                long sent = sending.run(queues, clock, nanos);
                double seconds = (clock.nanos() - start) / 1e9;
                Usage used = Usage.now().since(before);
                int[] groups = recording.takeGroups();
                double forceUs = recording.takeForceNanos() / 1e3 / groups.length;
                double writeUs = recording.takeWriteNanos() / 1e3 / groups.length;
                double bare = bareSeconds(root.resolve("bare"), groups, Room.BEFORE);
                double ahead = bareSeconds(root.resolve("bare"), groups, Room.AHEAD);
                double growing = bareSeconds(root.resolve("bare"), groups, Room.NONE);
                System.out.printf(
                        "round=%d messages=%d groups=%d messagesPerGroup=%.1f bytesPerGroup=%.0f storePerSecond=%.0f"
                                + " barePerSecond=%.0f aheadPerSecond=%.0f growingPerSecond=%.0f"
                                + " ratio=%.2f ratioToAhead=%.2f ratioToGrowing=%.2f"
                                + " groupUs=%.0f forceUs=%.0f writeUs=%.0f bareUs=%.0f processCpuNs=%.0f%n",
                        round,
                        sent,
                        groups.length,
                        (double) sent / groups.length,
                        Arrays.stream(groups).average().orElse(0),
                        sent / seconds,
                        sent / bare,
                        sent / ahead,
                        sent / growing,
                        bare / seconds,
                        ahead / seconds,
                        growing / seconds,
                        seconds * 1e6 / groups.length,
                        forceUs,
                        writeUs,
                        bare * 1e6 / groups.length,
                        (double) used.processNanos() / sent);
            }
        }
    }

    /** When a bare loop's file gets its blocks. */
    private enum Room {
        /** All of them, before the time is taken. */
        BEFORE,
        /** A MiB whenever no more than 15 are left, by the loop itself. */
        AHEAD,
        /** With the pieces themselves. */
        NONE;

        /** Bytes that have their blocks before the time is taken. */
        long readyBefore(long total) {
            return switch (this) {
                case BEFORE -> total;
                case AHEAD -> LEAD_BYTES;
                case NONE -> 0;
            };
        }
    }

    /** Time that writing and forcing these sizes takes, one behind the other. */
    private double bareSeconds(Path path, int[] groups, Room room) throws IOException {
        long total = Arrays.stream(groups).asLongStream().sum();
        disk.delete(path);
        try (DiskFile file = disk.open(path)) {
            ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
            long readyBefore = room.readyBefore(total);
            long ready = 0;
            while (ready < readyBefore) {
                file.write(ready, zeros.clear());
                ready += zeros.capacity();
            }
            file.force(true);
            ByteBuffer bytes =
                    ByteBuffer.allocateDirect(Arrays.stream(groups).max().orElse(0));
            while (bytes.hasRemaining()) {
                bytes.put((byte) 'x');
            }
            long start = clock.nanos();
            long at = 0;
            for (int size : groups) {
                if (room == Room.AHEAD && ready - at <= LEAD_BYTES - zeros.capacity()) {
                    file.write(ready, zeros.clear());
                    ready += zeros.capacity();
                }
                file.write(at, bytes.clear().limit(size));
                file.force(false);
                at += size;
            }
            return (clock.nanos() - start) / 1e9;
        } finally {
            disk.delete(path);
        }
    }
}
