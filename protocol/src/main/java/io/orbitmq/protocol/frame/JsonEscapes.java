package io.orbitmq.protocol.frame;

/**
 * The escapes of ordinary JSON headers: the one-letter ones and {@code \}{@code u00XX} for ASCII, which is how the
 * separators between properties arrive. Stateless.
 */
final class JsonEscapes {

    /** Letters of an escape behind its backslash when it is {@code uXXXX}. */
    private static final int LONG_ESCAPE = 5;

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
     * Writes a text in UTF-8 with its escapes resolved, each of which has a {@link #length}. A quote stands in it only as
     * part of an escape.
     *
     * @param plain where to, from its start; has room
     */
    static void resolve(byte[] bytes, int start, int end, byte[] plain) {
        int size = 0;
        int from = start;
        for (int at = JsonText.nextSpecial(bytes, from, end); at < end; at = JsonText.nextSpecial(bytes, from, end)) {
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
