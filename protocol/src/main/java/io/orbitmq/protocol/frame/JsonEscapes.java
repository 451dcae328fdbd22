package io.orbitmq.protocol.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The escapes of ordinary JSON headers: the one-letter ones and {@code \}{@code u00XX} for ASCII, which is how the
 * separators between properties arrive. Stateless.
 */
final class JsonEscapes {

    /** Letters of an escape behind its backslash when it is {@code uXXXX}. */
    private static final int LONG_ESCAPE = 5;

    /** Eight bytes at once; the lowest of them is the first. */
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;
    private static final long BACKSLASHES = ONES * '\\';

    private JsonEscapes() {}

    /**
     * Bytes of the escape behind the backslash, which stands right before {@code at}.
     *
     * @param end of the bytes that may be looked at
     * @return 1 or 5; 0 for any escape that is not ordinary
     */
    static int length(byte[] bytes, int at, int end) {
        if (at >= end) {
            return 0;
        }
        return switch (bytes[at]) {
            case '"', '\\', '/', 'n', 'r', 't', 'b', 'f' -> 1;
            case 'u' ->
                at + LONG_ESCAPE <= end && bytes[at + 1] == '0' && bytes[at + 2] == '0' && ascii(bytes, at + 3) >= 0
                        ? LONG_ESCAPE
                        : 0;
            default -> 0;
        };
    }

    /**
     * Writes a text in UTF-8 with its escapes resolved, each of which has a {@link #length}.
     *
     * @param plain where to, from its start; has room
     */
    static void resolve(byte[] bytes, int start, int end, byte[] plain) {
        int size = 0;
        int from = start;
        for (int at = nextBackslash(bytes, from, end); at < end; at = nextBackslash(bytes, from, end)) {
            System.arraycopy(bytes, from, plain, size, at - from);
            size += at - from;
            byte letter = bytes[at + 1];
            if (letter == 'u') {
                plain[size++] = (byte) ascii(bytes, at + LONG_ESCAPE - 1);
                from = at + 1 + LONG_ESCAPE;
            } else {
                plain[size++] = character(letter);
                from = at + 2;
            }
        }
        System.arraycopy(bytes, from, plain, size, end - from);
    }

    /** The index of the next backslash, or {@code end}. */
    private static int nextBackslash(byte[] bytes, int from, int end) {
        int i = from;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            long backslashes = (long) EIGHT.get(bytes, i) ^ BACKSLASHES;
            // the lowest high bit marks the first zero byte; marks above it may be false
            long zeros = backslashes - ONES & ~backslashes & HIGHS;
            if (zeros != 0) {
                return i + (Long.numberOfTrailingZeros(zeros) >>> 3);
            }
        }
        while (i < end && bytes[i] != '\\') {
            i++;
        }
        return i;
    }

    private static byte character(byte letter) {
        return switch (letter) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> letter;
        };
    }

    /** The ASCII character of two hexadecimal digits, -1 when they are none or beyond ASCII. */
    private static int ascii(byte[] bytes, int at) {
        int high = Character.digit(bytes[at], 16);
        int low = Character.digit(bytes[at + 1], 16);
        return high < 0 || high > 7 || low < 0 ? -1 : high << 4 | low;
    }
}
