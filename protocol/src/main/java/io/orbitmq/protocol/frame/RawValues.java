package io.orbitmq.protocol.frame;

import java.util.Arrays;

/**
 * Where the values of a received header stand: ranges of its bytes, decoded when somebody asks. JSON values may hold the
 * escapes that {@link JsonHeaderScanner} lets pass; it has checked them. Safe for any thread; the bytes never change.
 */
final class RawValues {

    static final RawValues NONE = new RawValues(new byte[0], new int[0], new TextCache());

    /** Says that the bytes are not a plain number; a value that really is this number counts as not plain. */
    static final long NO_PLAIN_NUMBER = Long.MIN_VALUE;

    private static final int MAX_PLAIN_DIGITS = 18;

    private final byte[] bytes;
    /** Start and end of each value in turn; the end is inverted when the value holds escapes. */
    private final int[] ranges;

    private final TextCache texts;

    RawValues(byte[] bytes, int[] ranges, TextCache texts) {
        this.bytes = bytes;
        this.ranges = ranges;
        this.texts = texts;
    }

    /** The same values of another header, where they stand at the same places. */
    RawValues of(byte[] header) {
        return new RawValues(header, ranges, texts);
    }

    /** The header. */
    byte[] bytes() {
        return bytes;
    }

    int start(int index) {
        return ranges[2 * index];
    }

    int end(int index) {
        int end = ranges[2 * index + 1];
        return end >= 0 ? end : ~end;
    }

    boolean isEscaped(int index) {
        return ranges[2 * index + 1] < 0;
    }

    String text(int index) {
        int start = ranges[2 * index];
        int end = ranges[2 * index + 1];
        if (end >= 0) {
            return texts.text(bytes, start, end);
        }
        byte[] plain = JsonEscapes.resolved(bytes, start, ~end);
        return texts.text(plain, 0, plain.length);
    }

    byte[] utf8(int index) {
        int start = ranges[2 * index];
        int end = ranges[2 * index + 1];
        return end >= 0 ? Arrays.copyOfRange(bytes, start, end) : JsonEscapes.resolved(bytes, start, ~end);
    }

    /** The number that the bytes spell with an optional minus and at most 18 digits, else {@link #NO_PLAIN_NUMBER}. */
    long number(int index) {
        int at = ranges[2 * index];
        int end = ranges[2 * index + 1];
        boolean negative = at < end && bytes[at] == '-';
        at += negative ? 1 : 0;
        if (at >= end || end - at > MAX_PLAIN_DIGITS) {
            return NO_PLAIN_NUMBER;
        }
        long number = 0;
        for (; at < end; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                return NO_PLAIN_NUMBER;
            }
            number = number * 10 + digit;
        }
        return negative ? -number : number;
    }

    boolean isTrue(int index) {
        int start = ranges[2 * index];
        int end = ranges[2 * index + 1];
        if (end >= 0 && end - start != 4) {
            return false;
        }
        return "true".equalsIgnoreCase(text(index));
    }
}
