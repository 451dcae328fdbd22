package io.orbitmq.protocol.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The last property of a record (protocol/03 section 3.1): {@code __CRC32#}, 0x01, ten decimal digits of the checksum
 * with the least significant first and zeros behind, 0x02. Stateless.
 */
final class ChecksumEntry {

    static final int BYTES = 20;

    private static final byte[] START = "__CRC32#\u0001".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGITS = 10;

    private ChecksumEntry() {}

    static void write(ByteBuffer target, int checksum) {
        target.put(START);
        int rest = checksum;
        for (int i = 0; i < DIGITS; i++) {
            target.put((byte) ('0' + rest % 10));
            rest /= 10;
        }
        target.put(MessageProperties.ENTRY_SEPARATOR);
    }

    /** Whether the 20 bytes at {@code position} have this form. */
    static boolean isAt(ByteBuffer buffer, int position) {
        for (int i = 0; i < START.length; i++) {
            if (buffer.get(position + i) != START[i]) {
                return false;
            }
        }
        for (int i = 0; i < DIGITS; i++) {
            byte digit = buffer.get(position + START.length + i);
            if (digit < '0' || digit > '9') {
                return false;
            }
        }
        return buffer.get(position + BYTES - 1) == MessageProperties.ENTRY_SEPARATOR;
    }

    /** The checksum at {@code position}; more than 31 bits when the digits were damaged. */
    static long read(ByteBuffer buffer, int position) {
        long value = 0;
        for (int i = DIGITS - 1; i >= 0; i--) {
            value = value * 10 + buffer.get(position + START.length + i) - '0';
        }
        return value;
    }
}
