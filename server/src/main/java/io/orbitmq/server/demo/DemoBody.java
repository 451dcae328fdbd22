package io.orbitmq.server.demo;

import java.nio.ByteBuffer;

/**
 * A message's body:
 *
 * <pre>
 *   0        8            16
 *   | number | sent nanos | filler, each byte from number and place |
 * </pre>
 *
 * Stateless.
 */
final class DemoBody {

    static final int LEAST_BYTES = 16;

    private static final int SENT_AT = 8;

    private DemoBody() {}

    static ByteBuffer write(int number, long sentNanos, int sizeBytes) {
        ByteBuffer body = ByteBuffer.allocate(sizeBytes);
        body.putLong(number).putLong(sentNanos);
        while (body.hasRemaining()) {
            body.put(filler(number, body.position()));
        }
        return body.flip();
    }

    /** The message's number, or -1 when the bytes are not what {@link #write} makes of any number. */
    static int readNumber(ByteBuffer record, int position, int length) {
        if (length < LEAST_BYTES) {
            return -1;
        }
        long number = record.getLong(position);
        if (number < 0 || number > Integer.MAX_VALUE) {
            return -1;
        }
        for (int at = LEAST_BYTES; at < length; at++) {
            if (record.get(position + at) != filler((int) number, at)) {
                return -1;
            }
        }
        return (int) number;
    }

    static long readSentNanos(ByteBuffer record, int position) {
        return record.getLong(position + SENT_AT);
    }

    private static byte filler(int number, int at) {
        return (byte) ('a' + (number + at) % 26);
    }
}
