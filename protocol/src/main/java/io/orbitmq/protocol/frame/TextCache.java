package io.orbitmq.protocol.frame;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Texts that headers repeat: names of topics, groups and fields. The same bytes mostly give the same object, which saves
 * making it and computing its hash again. A new text replaces whatever stands at its place, so the memory is bounded.
 * Safe for any thread: races cost time only.
 */
final class TextCache {

    private static final int PLACES = 2048;
    private static final int LONGEST = 48;

    private final Entry[] entries;

    TextCache() {
        this.entries = new Entry[PLACES];
    }

    private record Entry(byte[] bytes, String text) {}

    String text(byte[] bytes, int start, int end) {
        int length = end - start;
        if (length == 0) {
            return "";
        }
        if (length > LONGEST) {
            return new String(bytes, start, length, StandardCharsets.UTF_8);
        }
        int place = place(bytes, start, end);
        Entry entry = entries[place];
        if (entry == null || !Arrays.equals(entry.bytes, 0, entry.bytes.length, bytes, start, end)) {
            entry = new Entry(
                    Arrays.copyOfRange(bytes, start, end), new String(bytes, start, length, StandardCharsets.UTF_8));
            entries[place] = entry;
        }
        return entry.text;
    }

    private static int place(byte[] bytes, int start, int end) {
        int hash = end - start;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + bytes[i];
        }
        return (hash ^ hash >>> 11 ^ hash >>> 22) & PLACES - 1;
    }
}
