package io.orbitmq.protocol.frame;

import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * The extFields of a frame: an immutable list of name and value pairs, small enough for linear search. Absent and empty
 * are the same thing, because the binary serialization cannot tell them apart (protocol/01 section 4). When a name
 * occurs twice the last one wins.
 *
 * <p>Fields of frequent answers are {@link #written}: they go straight into the frame and become a list only when
 * somebody looks into them.
 */
public abstract sealed class Fields permits ListedFields, ReceivedFields, WrittenFields {

    /** No fields, encoded as an empty object in JSON. */
    public static final Fields NONE = new ListedFields(new String[0], new String[0]);

    private static final byte[] NOTHING = {};

    Fields() {}

    public static Builder builder() {
        return new Builder();
    }

    /** Fields of alternating names and values. */
    public static Fields of(String... namesAndValues) {
        Builder builder = new Builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build();
    }

    /** @param writer immutable; says the fields whenever they are needed, each name once */
    public static Fields written(FieldWriter writer) {
        return new WrittenFields(writer);
    }

    /** Says the fields in order. */
    void writeTo(FieldSink sink) {
        for (int i = 0; i < size(); i++) {
            sink.unknown(nameAt(i), valueAt(i));
        }
    }

    /** Index of the field, or -1. */
    abstract int find(String name);

    /** The value as number, or {@code otherwise} when it is none that a long can hold. */
    long numberAt(int index, long otherwise) {
        try {
            return Long.parseLong(valueAt(index));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** True for {@code true} in any letter case. */
    boolean isTrueAt(int index) {
        return "true".equalsIgnoreCase(valueAt(index));
    }

    /** The value in UTF-8, in an array of its own. */
    byte[] utf8At(int index) {
        return Utf8Text.bytes(valueAt(index));
    }

    /** What the table has under the value. */
    <T extends NameTable.Named> T findIn(NameTable<T> table, int index, T otherwise) {
        byte[] utf8 = utf8At(index);
        return table.find(utf8, 0, utf8.length, otherwise);
    }

    /** The {@link Utf8Hash} of the value. */
    long hashAt(int index) {
        byte[] utf8 = utf8At(index);
        return Utf8Hash.of(utf8, 0, utf8.length);
    }

    public boolean has(String name) {
        return find(name) >= 0;
    }

    /** The value, or the empty text when absent. */
    public String text(String name) {
        return textOr(name, "");
    }

    /** The value, or {@code otherwise} when absent. */
    public String textOr(String name, String otherwise) {
        int at = find(name);
        return at < 0 ? otherwise : valueAt(at);
    }

    /** The value in UTF-8, in an array of its own; empty when absent. */
    public byte[] utf8(String name) {
        int at = find(name);
        return at < 0 ? NOTHING : utf8At(at);
    }

    /** What stands in {@code table} under the value, or {@code otherwise}; makes no text of a received value. */
    public <T extends NameTable.Named> T find(String name, NameTable<T> table, T otherwise) {
        int at = find(name);
        return at < 0 ? otherwise : findIn(table, at, otherwise);
    }

    /** The {@link Utf8Hash} of the value; that of the empty text when absent. */
    public long hash(String name) {
        int at = find(name);
        return at < 0 ? Utf8Hash.of(NOTHING, 0, 0) : hashAt(at);
    }

    /** The value as int; {@code otherwise} when absent or not a number (protocol/01 section 2.1). */
    public int intOr(String name, int otherwise) {
        long number = longOr(name, otherwise);
        return number == (int) number ? (int) number : otherwise;
    }

    /** The value as long; {@code otherwise} when absent or not a number (protocol/01 section 2.1). */
    public long longOr(String name, long otherwise) {
        int at = find(name);
        return at < 0 ? otherwise : numberAt(at, otherwise);
    }

    /** True for {@code true} in any letter case, false for anything else; {@code otherwise} when absent. */
    public boolean boolOr(String name, boolean otherwise) {
        int at = find(name);
        return at < 0 ? otherwise : isTrueAt(at);
    }

    /**
     * The value of a field that the request cannot do without.
     *
     * @throws MissingFieldException naming the field
     */
    public String required(String name) {
        return valueAt(requiredAt(name));
    }

    /** @throws MissingFieldException when absent or not a number */
    public int requiredInt(String name) {
        long number = requiredLong(name);
        if (number != (int) number) {
            throw new MissingFieldException(name, text(name));
        }
        return (int) number;
    }

    /** @throws MissingFieldException when absent or not a number */
    public long requiredLong(String name) {
        int at = requiredAt(name);
        long number = numberAt(at, 0);
        if (number == 0 && numberAt(at, 1) != 0) {
            throw new MissingFieldException(name, text(name));
        }
        return number;
    }

    private int requiredAt(String name) {
        int at = find(name);
        if (at < 0) {
            throw new MissingFieldException(name);
        }
        return at;
    }

    /** Number of fields. */
    public abstract int size();

    /** The name of field {@code index}, counted from 0 in the order they were added. */
    public abstract String nameAt(int index);

    /** The value of field {@code index}. */
    public abstract String valueAt(int index);

    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < size(); i++) {
            action.accept(nameAt(i), valueAt(i));
        }
    }

    /** The same pairs, in any order. */
    @Override
    public final boolean equals(Object other) {
        if (!(other instanceof Fields that) || that.size() != size()) {
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
    public final int hashCode() {
        int hash = 0;
        for (int i = 0; i < size(); i++) {
            hash += nameAt(i).hashCode() ^ valueAt(i).hashCode();
        }
        return hash;
    }

    @Override
    public final String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < size(); i++) {
            text.append(i == 0 ? "" : ", ").append(nameAt(i)).append(", ").append(valueAt(i));
        }
        return text.append(']').toString();
    }

    /** Collects fields; not safe for concurrent use. */
    public static final class Builder {

        private String[] pairs = new String[32];
        private int length;

        private Builder() {}

        /** Adds or replaces; an empty or null value removes nothing and adds nothing. */
        public Builder put(String name, String value) {
            if (name == null || name.isEmpty() || value == null || value.isEmpty()) {
                return this;
            }
            for (int i = 0; i < length; i += 2) {
                if (pairs[i].equals(name)) {
                    pairs[i + 1] = value;
                    return this;
                }
            }
            if (length == pairs.length) {
                pairs = Arrays.copyOf(pairs, length * 2);
            }
            pairs[length++] = name;
            pairs[length++] = value;
            return this;
        }

        public Builder put(String name, long value) {
            return put(name, Long.toString(value));
        }

        public Builder put(String name, boolean value) {
            return put(name, Boolean.toString(value));
        }

        /** Number of fields so far. */
        public int size() {
            return length / 2;
        }

        /** What was collected so far; later changes do not show. */
        public Fields build() {
            if (length == 0) {
                return NONE;
            }
            String[] names = new String[size()];
            String[] values = new String[size()];
            for (int i = 0; i < names.length; i++) {
                names[i] = pairs[2 * i];
                values[i] = pairs[2 * i + 1];
            }
            return new ListedFields(names, values);
        }
    }
}
