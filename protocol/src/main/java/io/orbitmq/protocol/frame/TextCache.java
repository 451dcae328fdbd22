package io.orbitmq.protocol.frame;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Texts that headers repeat: names of topics, groups and fields. The same bytes mostly give the same object, which saves
 * making it and computing its hash again. A new text replaces whatever stands at its place; when that happens often, there
 * are more places, up to {@link #MOST_PLACES}, so the memory is bounded. Safe for any thread: races cost time only.
 */
final class TextCache {

    private static final int FIRST_PLACES = 1024;
    private static final int MOST_PLACES = 16 * 1024;
    private static final int GROWTH = 4;
    private static final int LONGEST = 48;

    private Entry[] entries = new Entry[FIRST_PLACES];
    private int replaced;

    private record Entry(byte[] bytes, String text) {}

    String text(byte[] bytes, int start, int end) {
        int length = end - start;
        if (length == 0) {
            return "";
        }
        if (length > LONGEST) {
            return new String(bytes, start, length, StandardCharsets.UTF_8);
        }
        Entry[] known = entries;
        int place = place(known, bytes, start, end);
        Entry entry = known[place];
        if (entry != null && Arrays.equals(entry.bytes, 0, entry.bytes.length, bytes, start, end)) {
            return entry.text;
        }
        String text = new String(bytes, start, length, StandardCharsets.UTF_8);
        known[place] = new Entry(Arrays.copyOfRange(bytes, start, end), text);
        if (entry != null && known.length < MOST_PLACES && ++replaced > known.length) {
            grow(known);
        }
        return text;
    }

    private void grow(Entry[] known) {
        Entry[] more = new Entry[known.length * GROWTH];
        for (Entry entry : known) {
            if (entry != null) {
                more[place(more, entry.bytes, 0, entry.bytes.length)] = entry;
            }
        }
        replaced = 0;
        entries = more;
    }

    private static int place(Entry[] entries, byte[] bytes, int start, int end) {
        long hash = Utf8Hash.of(bytes, start, end);
        return (int) (hash ^ hash >>> Short.SIZE) & entries.length - 1;
    }
}
