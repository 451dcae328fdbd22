package io.orbitmq.protocol.frame;

import java.util.Arrays;

/** Collects the fields of one received header after another, as ranges of its bytes. One thread. */
final class RawFieldCollector {

    private static final int FIRST_CAPACITY = 16;

    private final TextCache texts;
    private String[] names = new String[FIRST_CAPACITY];
    private int[] ranges = new int[FieldLayout.RANGE_INTS * FIRST_CAPACITY];
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
     * @param plainLength bytes of the value without its escapes
     */
    void put(int known, String name, int start, int end, int plainLength) {
        if (start == end || name.isEmpty()) {
            return;
        }
        long bit = known < 0 ? 0 : 1L << known;
        int index = bit != 0 && (seen & bit) == 0 ? size : find(name);
        seen |= bit;
        if (index == size) {
            add(name);
        }
        int range = FieldLayout.RANGE_INTS * index;
        ranges[range] = start;
        ranges[range + 1] = end;
        ranges[range + 2] = plainLength;
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
            ranges = Arrays.copyOf(ranges, ranges.length * 2);
        }
        names[size++] = name;
    }

    /** What was collected from {@code header}, which is kept. */
    Fields build(byte[] header) {
        if (size == 0) {
            return Fields.NONE;
        }
        int[] used = Arrays.copyOf(ranges, FieldLayout.RANGE_INTS * size);
        return new ReceivedFields(header, new FieldLayout(Arrays.copyOf(names, size), used, texts), 0);
    }
}
