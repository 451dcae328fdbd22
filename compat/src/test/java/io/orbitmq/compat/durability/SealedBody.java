package io.orbitmq.compat.durability;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.CRC32;

/** A body that proves itself: {@code crc32 (4) | number (8) | random bytes}; the checksum covers all that follows it. */
final class SealedBody {

    private static final int HEADER_BYTES = 12;
    private static final int MAX_RANDOM_BYTES = 3_000;

    private SealedBody() {}

    static byte[] make(long number, Random random) {
        byte[] body = new byte[HEADER_BYTES + random.nextInt(MAX_RANDOM_BYTES)];
        random.nextBytes(body);
        ByteBuffer.wrap(body).putLong(4, number).putInt(0, checksum(body));
        return body;
    }

    static boolean isWhole(byte[] body) {
        return body.length >= HEADER_BYTES && ByteBuffer.wrap(body).getInt(0) == checksum(body);
    }

    static long number(byte[] body) {
        return ByteBuffer.wrap(body).getLong(4);
    }

    static int checksum(byte[] body) {
        CRC32 crc = new CRC32();
        crc.update(body, 4, body.length - 4);
        return (int) crc.getValue();
    }
}
