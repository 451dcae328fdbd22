package io.orbitmq.store.retention;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.DiskFile;
import io.orbitmq.store.StoreConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A file of zeros, there to be given up: on a disk that is full to the last byte not even old segments could be removed,
 * as what goes with them must be written down first, nor could a broker start. One thread at a time.
 */
public final class Ballast {

    private static final long MOST_BYTES = 8 << 20;
    private static final long LEAST_BYTES = 128 << 10;
    private static final long PARTS_OF_A_SEGMENT = 64;
    private static final int PIECE_BYTES = 1 << 16;
    /** The disk must have so many times its size left before it is taken. */
    private static final int AMPLE = 4;

    private final Disk disk;
    private final Path file;
    private final long sizeBytes;
    private boolean held;

    Ballast(Disk disk, Path file, long sizeBytes) {
        this.disk = disk;
        this.file = file;
        this.sizeBytes = sizeBytes;
    }

    /** The ballast of a store. */
    public static Ballast of(StoreConfig config, Disk disk) {
        long share = config.segmentSizeBytes() / PARTS_OF_A_SEGMENT;
        return new Ballast(
                disk,
                config.rootDirectory().resolve("orbitmq").resolve("ballast"),
                Math.max(LEAST_BYTES, Math.min(MOST_BYTES, share)));
    }

    /** Takes the space, if it is not held and the disk has plenty. */
    void hold() throws IOException {
        if (held || usableBytes() < AMPLE * sizeBytes) {
            return;
        }
        ByteBuffer zeros = ByteBuffer.allocate(PIECE_BYTES);
        try (DiskFile opened = disk.open(file)) {
            for (long at = opened.size(); at < sizeBytes; at += PIECE_BYTES) {
                opened.write(at, zeros.clear());
            }
            opened.force(true);
        }
        held = true;
    }

    /** Gives the space back if the disk has less left than that; false when it has more, or there is nothing to give. */
    public boolean release() throws IOException {
        if (!disk.exists(file) || usableBytes() >= sizeBytes) {
            return false;
        }
        disk.delete(file);
        held = false;
        return true;
    }

    private long usableBytes() throws IOException {
        return disk.space(file.getParent()).usableBytes();
    }
}
