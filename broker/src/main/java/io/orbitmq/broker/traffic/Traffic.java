package io.orbitmq.broker.traffic;

/**
 * What moved within a stretch of time.
 *
 * @param count messages
 * @param bytes their bytes
 * @param spanMs length of the stretch in milliseconds, at least 1
 */
public record Traffic(long count, long bytes, long spanMs) {

    public static final Traffic NONE = new Traffic(0, 0, 1);

    private static final double MS_PER_SECOND = 1_000.0;

    public double countPerSecond() {
        return count * MS_PER_SECOND / spanMs;
    }

    public double bytesPerSecond() {
        return bytes * MS_PER_SECOND / spanMs;
    }

    /** Bytes of one message on the average, 0 when there was none. */
    public double bytesPerMessage() {
        return count == 0 ? 0 : (double) bytes / count;
    }
}
