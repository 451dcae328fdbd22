package io.orbitmq.protocol.frame;

import java.nio.charset.StandardCharsets;

/** JSON strings as UTF-8 bytes, written and looked through without intermediate objects. Stateless. */
final class JsonText {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final long BLANKS = EightBytes.all(' ');
    private static final long QUOTES = EightBytes.all('"');
    private static final long BACKSLASHES = EightBytes.all('\\');
    private static final int MAX_ESCAPED_BYTES = 6;
    private static final int MAX_UTF8_BYTES = 3;

    private JsonText() {}

    /** Writes {@code text} in double quotes; a lone surrogate becomes a question mark. */
    static void writeQuoted(String text, ByteSink out) {
        out.writeByte('"');
        writeUnquoted(text, out);
        out.writeByte('"');
    }

    /** Whether the bytes are ASCII that JSON need not escape. */
    static boolean isPlain(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long eight = EightBytes.at(bytes, at);
            if ((specials(eight) | EightBytes.less(eight, BLANKS) | EightBytes.beyondAscii(eight)) != 0) {
                return false;
            }
        }
        for (; at < to; at++) {
            if (bytes[at] < ' ' || bytes[at] == '"' || bytes[at] == '\\') {
                return false;
            }
        }
        return true;
    }

    /** The index of the next quote or backslash, at least {@code end} when there is none. */
    static int nextSpecial(byte[] bytes, int from, int end) {
        int at = from;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            long specials = specials(EightBytes.at(bytes, at));
            if (specials != 0) {
                return at + EightBytes.first(specials);
            }
        }
        while (at < end && bytes[at] != '"' && bytes[at] != '\\') {
            at++;
        }
        return at;
    }

    /** Marks quotes and backslashes among {@link EightBytes}. */
    static long specials(long eight) {
        return EightBytes.equal(eight, QUOTES) | EightBytes.equal(eight, BACKSLASHES);
    }

    /** Writes what stands between the quotes. */
    static void writeUnquoted(String text, ByteSink out) {
        int length = text.length();
        byte[] bytes = out.reserve(length * MAX_UTF8_BYTES);
        int at = out.size();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x80 && c != '"' && c != '\\') {
                bytes[at++] = (byte) c;
                continue;
            }
            if (c < 0x80) {
                out.truncate(at);
                bytes = out.reserve(MAX_ESCAPED_BYTES + (length - i) * MAX_UTF8_BYTES);
                at = escape(c, bytes, at);
            } else if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                at = utf8(Character.toCodePoint(c, text.charAt(++i)), bytes, at);
            } else {
                at = utf8(Character.isSurrogate(c) ? '?' : c, bytes, at);
            }
        }
        out.truncate(at);
    }

    private static int escape(char c, byte[] bytes, int start) {
        int at = start;
        bytes[at++] = '\\';
        switch (c) {
            case '"', '\\' -> bytes[at++] = (byte) c;
            case '\n' -> bytes[at++] = 'n';
            case '\r' -> bytes[at++] = 'r';
            case '\t' -> bytes[at++] = 't';
            default -> {
                bytes[at++] = 'u';
                bytes[at++] = '0';
                bytes[at++] = '0';
                bytes[at++] = HEX[c >>> 4];
                bytes[at++] = HEX[c & 0xF];
            }
        }
        return at;
    }

    private static int utf8(int codePoint, byte[] bytes, int start) {
        int at = start;
        if (codePoint < 0x80) {
            bytes[at++] = (byte) codePoint;
        } else if (codePoint < 0x800) {
            bytes[at++] = (byte) (0xC0 | codePoint >>> 6);
            bytes[at++] = (byte) (0x80 | codePoint & 0x3F);
        } else if (codePoint < 0x10000) {
            bytes[at++] = (byte) (0xE0 | codePoint >>> 12);
            bytes[at++] = (byte) (0x80 | codePoint >>> 6 & 0x3F);
            bytes[at++] = (byte) (0x80 | codePoint & 0x3F);
        } else {
            bytes[at++] = (byte) (0xF0 | codePoint >>> 18);
            bytes[at++] = (byte) (0x80 | codePoint >>> 12 & 0x3F);
            bytes[at++] = (byte) (0x80 | codePoint >>> 6 & 0x3F);
            bytes[at++] = (byte) (0x80 | codePoint & 0x3F);
        }
        return at;
    }
}
