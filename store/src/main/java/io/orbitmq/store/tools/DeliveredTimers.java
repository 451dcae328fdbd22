package io.orbitmq.store.tools;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * How far Apache RocketMQ had come with messages of arbitrary delivery times ({@code config/timercheck}, protocol/05
 * section 9). Written now and then, so after a kill the broker had come further.
 *
 * @param beforeMs what was due before this epoch millisecond is delivered, if it was read
 * @param readBelow what stands in the timer topic below this offset was read
 */
public record DeliveredTimers(long beforeMs, long readBelow) {

    /** Nothing is known to be delivered. */
    public static final DeliveredTimers NONE = new DeliveredTimers(0, 0);

    private static final int USED_BYTES = 3 * Long.BYTES;
    private static final int READ_BELOW_AT = 2 * Long.BYTES;

    static DeliveredTimers read(Disk disk, Path config) throws IOException {
        Path path = config.resolve("timercheck");
        if (!disk.exists(path)) {
            return NONE;
        }
        try (DiskFile file = disk.openReadOnly(path)) {
            ByteBuffer bytes = ByteBuffer.allocate(USED_BYTES);
            return file.read(0, bytes) < USED_BYTES
                    ? NONE
                    : new DeliveredTimers(Math.max(0, bytes.getLong(0)), Math.max(0, bytes.getLong(READ_BELOW_AT)));
        }
    }
}
