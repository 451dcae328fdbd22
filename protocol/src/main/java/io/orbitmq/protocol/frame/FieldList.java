package io.orbitmq.protocol.frame;

import java.util.Arrays;

/**
 * Name and value pairs behind {@link Fields}. A received value stays where it stands in the header until somebody asks
 * for its text; numbers are read from the bytes without one. Safe for any thread: threads that decode the same value at
 * once do so twice and get equal texts.
 */
final class FieldList {

    static final FieldList EMPTY = new FieldList(new String[0], RawValues.NONE);

    /** Names and values in turn; a value that is null still stands in {@code raw}. */
    private final String[] pairs;

    private final RawValues raw;
    /** Where the next search starts; threads may overwrite each other's, which costs time only. */
    private int next;

    /** @param pairs names and values in turn, kept; a null value is the one at the same index of {@code raw} */
    FieldList(String[] pairs, RawValues raw) {
        this.pairs = pairs;
        this.raw = raw;
    }

    /** Number of pairs. */
    int size() {
        return pairs.length / 2;
    }

    String nameAt(int index) {
        return pairs[2 * index];
    }

    String valueAt(int index) {
        String value = pairs[2 * index + 1];
        if (value == null) {
            value = raw.text(index);
            pairs[2 * index + 1] = value;
        }
        return value;
    }

    /** The value as number, or {@code otherwise} when it is none that a long can hold. */
    long numberAt(int index, long otherwise) {
        if (pairs[2 * index + 1] == null) {
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
        return pairs[2 * index + 1] == null ? raw.isTrue(index) : "true".equalsIgnoreCase(pairs[2 * index + 1]);
    }

    /** The value in UTF-8, in an array of its own. */
    byte[] utf8At(int index) {
        String value = pairs[2 * index + 1];
        return value == null ? raw.utf8(index) : Utf8Text.bytes(value);
    }

    /** Index of the pair, or -1. Headers are read in nearly the order they were written: searches go on from the last. */
    int find(String name) {
        int start = next;
        for (int i = start; i < pairs.length; i += 2) {
            if (pairs[i].equals(name)) {
                next = i + 2;
                return i >> 1;
            }
        }
        for (int i = 0; i < start; i += 2) {
            if (pairs[i].equals(name)) {
                next = i + 2;
                return i >> 1;
            }
        }
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof FieldList that) || that.pairs.length != pairs.length) {
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
        for (int i = 0; i < size(); i++) {
            valueAt(i);
        }
        return Arrays.toString(pairs);
    }
}
