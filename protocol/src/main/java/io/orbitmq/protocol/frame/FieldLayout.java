package io.orbitmq.protocol.frame;

import java.nio.charset.StandardCharsets;

/**
 * What all headers of one shape have in common: the names of their fields and the ranges of bytes where the values stand.
 * JSON values may hold the escapes that {@link JsonHeaderScanner} lets pass; it has checked them. Safe for any thread:
 * threads that look for a name, or make the same text, at once only take longer.
 */
final class FieldLayout {

    /** Says that the bytes are not a plain number; a value that really is this number counts as not plain. */
    static final long NO_PLAIN_NUMBER = Long.MIN_VALUE;

    /** Start, end and length without escapes of each value. */
    static final int RANGE_INTS = 3;

    private static final int MAX_PLAIN_DIGITS = 18;
    private static final int TRUE_BYTES = 4;
    private static final int LOWER_CASE = 0x20202020;
    private static final int TRUE = 't' << 24 | 'r' << 16 | 'u' << 8 | 'e';

    private final String[] names;
    private final int[] ranges;
    private final TextCache texts;
    /** Texts of the header that the layout was made from, as far as somebody asked. */
    private final String[] firstTexts;
    /** Where names are looked up that do not come as before; made when one does not. */
    private NameIndex index;
    /** Who reads headers asks in the same order again: for each field the one asked for after it, then the first one. */
    private final short[] followers;

    private int last;

    /**
     * @param names at least one, kept and never changed
     * @param ranges {@link #RANGE_INTS} for each name, kept
     */
    FieldLayout(String[] names, int[] ranges, TextCache texts) {
        this.names = names;
        this.ranges = ranges;
        this.texts = texts;
        this.firstTexts = new String[names.length];
        this.followers = new short[names.length + 1];
        this.last = names.length;
        for (short i = 1; i < names.length; i++) {
            followers[i - 1] = i;
        }
    }

    int size() {
        return names.length;
    }

    String name(int field) {
        return names[field];
    }

    int start(int field) {
        return ranges[RANGE_INTS * field];
    }

    int end(int field) {
        return ranges[RANGE_INTS * field + 1];
    }

    private int plainLength(int field) {
        return ranges[RANGE_INTS * field + 2];
    }

    boolean isEscaped(int field) {
        return plainLength(field) != end(field) - start(field);
    }

    /** Index of the field, or -1. */
    int find(String name) {
        int before = last;
        int expected = followers[before];
        if (names[expected].equals(name)) {
            last = expected;
            return expected;
        }
        NameIndex known = index;
        if (known == null) {
            known = new NameIndex(names);
            index = known;
        }
        int found = known.find(name);
        if (found >= 0) {
            followers[before] = (short) found;
            last = found;
        }
        return found;
    }

    /** The text of a value that is the same in the header that the layout was made from. */
    String firstText(byte[] header, int field) {
        String text = firstTexts[field];
        if (text == null) {
            text = text(header, field);
            firstTexts[field] = text;
        }
        return text;
    }

    String text(byte[] header, int field) {
        if (!isEscaped(field)) {
            return texts.text(header, start(field), end(field));
        }
        byte[] plain = utf8(header, field);
        return texts.text(plain, 0, plain.length);
    }

    /** The value in UTF-8, in an array of its own. */
    byte[] utf8(byte[] header, int field) {
        byte[] plain = new byte[plainLength(field)];
        if (isEscaped(field)) {
            JsonEscapes.resolve(header, start(field), end(field), plain);
        } else {
            System.arraycopy(header, start(field), plain, 0, plain.length);
        }
        return plain;
    }

    /** The number that the bytes spell with an optional minus and at most 18 digits, else {@link #NO_PLAIN_NUMBER}. */
    long number(byte[] header, int field) {
        int at = start(field);
        int end = end(field);
        boolean negative = at < end && header[at] == '-';
        at += negative ? 1 : 0;
        if (at >= end || end - at > MAX_PLAIN_DIGITS) {
            return NO_PLAIN_NUMBER;
        }
        long number = 0;
        for (; at < end; at++) {
            int digit = header[at] - '0';
            if (digit < 0 || digit > 9) {
                return NO_PLAIN_NUMBER;
            }
            number = number * 10 + digit;
        }
        return negative ? -number : number;
    }

    /** True for {@code true} in any letter case. */
    boolean isTrue(byte[] header, int field) {
        if (isEscaped(field)) {
            return "true".equalsIgnoreCase(new String(utf8(header, field), StandardCharsets.UTF_8));
        }
        int start = start(field);
        if (end(field) - start != TRUE_BYTES) {
            return false;
        }
        int word = header[start] << 24
                | (header[start + 1] & 0xFF) << 16
                | (header[start + 2] & 0xFF) << 8
                | header[start + 3] & 0xFF;
        return (word | LOWER_CASE) == TRUE;
    }
}
