package io.orbitmq.protocol.frame;

/**
 * Name and value pairs behind {@link Fields}. A received value stays where it stands in the header until somebody asks
 * for its text; numbers are read from the bytes without one. Safe for any thread: threads that decode the same value at
 * once do so twice and get equal texts.
 */
final class FieldList {

    static final FieldList EMPTY = new FieldList(new String[0], new String[0], RawValues.NONE);

    private final String[] names;
    /** A value that is null still stands in {@code raw}. */
    private final String[] values;

    private final RawValues raw;
    /** Where the next search starts; threads may overwrite each other's, which costs time only. */
    private int next;

    /**
     * @param names kept and never changed
     * @param values as many, kept; a null value is the one at the same index of {@code raw}
     */
    FieldList(String[] names, String[] values, RawValues raw) {
        this.names = names;
        this.values = values;
        this.raw = raw;
    }

    /** The same names over another header, which differs from this one's only in the values whose bits are set. */
    FieldList withValuesOf(byte[] header, long changes) {
        String[] copy = values.clone();
        for (long rest = changes; rest != 0; rest &= rest - 1) {
            int index = Long.numberOfTrailingZeros(rest);
            if (index < copy.length) {
                copy[index] = null;
            }
        }
        return new FieldList(names, copy, raw.of(header));
    }

    /** Whether the values stand in a header. */
    boolean isRaw() {
        return raw != RawValues.NONE || names.length == 0;
    }

    RawValues raw() {
        return raw;
    }

    /** Number of pairs. */
    int size() {
        return names.length;
    }

    String nameAt(int index) {
        return names[index];
    }

    String valueAt(int index) {
        String value = values[index];
        if (value == null) {
            value = raw.text(index);
            values[index] = value;
        }
        return value;
    }

    /** The value as number, or {@code otherwise} when it is none that a long can hold. */
    long numberAt(int index, long otherwise) {
        if (values[index] == null) {
            long number = raw.number(index);
            if (number != RawValues.NO_PLAIN_NUMBER) {
                return number;
            }
        }
        try {
            return Long.parseLong(valueAt(index));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** True for {@code true} in any letter case. */
    boolean isTrueAt(int index) {
        String value = values[index];
        return value == null ? raw.isTrue(index) : "true".equalsIgnoreCase(value);
    }

    /** The value in UTF-8, in an array of its own. */
    byte[] utf8At(int index) {
        String value = values[index];
        return value == null ? raw.utf8(index) : Utf8Text.bytes(value);
    }

    /** What the table has under the value. */
    <T extends NameTable.Named> T findIn(NameTable<T> table, int index, T otherwise) {
        if (standsPlain(index)) {
            return table.find(raw.bytes(), raw.start(index), raw.end(index), otherwise);
        }
        byte[] utf8 = utf8At(index);
        return table.find(utf8, 0, utf8.length, otherwise);
    }

    long hashAt(int index) {
        if (standsPlain(index)) {
            return Utf8Hash.of(raw.bytes(), raw.start(index), raw.end(index));
        }
        byte[] utf8 = utf8At(index);
        return Utf8Hash.of(utf8, 0, utf8.length);
    }

    /** Whether the value's UTF-8 bytes stand in a header. */
    private boolean standsPlain(int index) {
        return raw != RawValues.NONE && !raw.isEscaped(index);
    }

    /** Index of the pair, or -1. Headers are read in nearly the order they were written: searches go on from the last. */
    int find(String name) {
        int start = next;
        for (int i = start; i < names.length; i++) {
            if (names[i].equals(name)) {
                next = i + 1;
                return i;
            }
        }
        for (int i = 0; i < start; i++) {
            if (names[i].equals(name)) {
                next = i + 1;
                return i;
            }
        }
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof FieldList that) || that.size() != size()) {
            return false;
        }
        for (int i = 0; i < size(); i++) {
            int there = that.find(nameAt(i));
            if (there < 0 || !that.valueAt(there).equals(valueAt(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (int i = 0; i < size(); i++) {
            hash += nameAt(i).hashCode() ^ valueAt(i).hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < size(); i++) {
            text.append(i == 0 ? "" : ", ").append(nameAt(i)).append(", ").append(valueAt(i));
        }
        return text.append(']').toString();
    }
}
