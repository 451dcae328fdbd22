package io.orbitmq.protocol.frame;

import java.util.Arrays;

/** Collects the fields of one received header after another, as ranges of its bytes. One thread. */
final class RawFieldCollector {

    private static final int FIRST_CAPACITY = 16;

    private final TextCache texts;
    private String[] names = new String[FIRST_CAPACITY];
    private int[] ranges = new int[2 * FIRST_CAPACITY];
    private int size;
    /** Bit n: the {@link KnownNames} name n was collected. */
    private long seen;

    RawFieldCollector(TextCache texts) {
        this.texts = texts;
    }

    void clear() {
        size = 0;
        seen = 0;
    }

    int size() {
        return size;
    }

    /**
     * Adds a field, or replaces the one of the same name; an empty value does neither, nor does an empty name.
     *
     * @param known the name's number among {@link KnownNames}, or -1
     * @param name its text
     * @param end of the value, inverted when it holds escapes
     */
    void put(int known, String name, int start, int end) {
        if (start == end || name.isEmpty()) {
            return;
        }
        long bit = known < 0 ? 0 : 1L << known;
        int index = bit != 0 && (seen & bit) == 0 ? size : find(name);
        seen |= bit;
        if (index == size) {
            add(name);
        }
        ranges[2 * index] = start;
        ranges[2 * index + 1] = end;
    }

    /** The index of the name, or the size. */
    private int find(String name) {
        int index = 0;
        while (index < size && !names[index].equals(name)) {
            index++;
        }
        return index;
    }

    private void add(String name) {
        if (size == names.length) {
            names = Arrays.copyOf(names, size * 2);
            ranges = Arrays.copyOf(ranges, size * 4);
        }
        names[size++] = name;
    }

    /** What was collected from {@code header}, which is kept. */
    Fields build(byte[] header) {
        if (size == 0) {
            return Fields.NONE;
        }
        RawValues values = new RawValues(header, Arrays.copyOf(ranges, 2 * size), texts);
        return new Fields(new FieldList(Arrays.copyOf(names, size), new String[size], values));
    }
}
