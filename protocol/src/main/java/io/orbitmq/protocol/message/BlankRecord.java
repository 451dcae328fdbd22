package io.orbitmq.protocol.message;

import java.nio.ByteBuffer;

/**
 * What closes a log file whose rest is too small for the next record (protocol/05 section 1): {@code int remaining},
 * {@code int magic}; the bytes behind are zero. A record is only placed when these 8 bytes still fit behind it.
 */
public final class BlankRecord {

    public static final int MAGIC = 0xCBD43194;

    public static final int BYTES = 8;

    private BlankRecord() {}

    /** Writes the 8 bytes and moves behind them. @param remaining bytes to the file's end, these 8 included */
    public static void write(ByteBuffer target, int remaining) {
        target.putInt(remaining).putInt(MAGIC);
    }

    public static boolean isAt(ByteBuffer buffer, int base) {
        return buffer.limit() - base >= BYTES && buffer.getInt(base + Integer.BYTES) == MAGIC;
    }

    /** Bytes from {@code base} to the file's end. */
    public static int remaining(ByteBuffer buffer, int base) {
        return buffer.getInt(base);
    }
}
