package io.orbitmq.protocol.frame;

import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * The extFields of a frame: an immutable list of name and value pairs, small enough for linear search. Absent and empty
 * are the same thing, because the binary serialization cannot tell them apart (protocol/01 section 4). When a name
 * occurs twice the last one wins.
 */
public final class Fields {

    /** No fields, encoded as an empty object in JSON. */
    public static final Fields NONE = new Fields(new String[0], 0);

    private final String[] pairs;
    private final int length;
    /** Where the next search starts; threads may overwrite each other's, which costs time only. */
    private int next;

    private Fields(String[] pairs, int length) {
        this.pairs = pairs;
        this.length = length;
    }

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

    public boolean has(String name) {
        return find(name) >= 0;
    }

    /** The value, or the empty text when absent. */
    public String text(String name) {
        int at = find(name);
        return at < 0 ? "" : pairs[at + 1];
    }

    /** The value, or {@code otherwise} when absent. */
    public String textOr(String name, String otherwise) {
        int at = find(name);
        return at < 0 ? otherwise : pairs[at + 1];
    }

    /** The value as int; {@code otherwise} when absent or not a number (protocol/01 section 2.1). */
    public int intOr(String name, int otherwise) {
        int at = find(name);
        if (at < 0) {
            return otherwise;
        }
        try {
            return Integer.parseInt(pairs[at + 1]);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** The value as long; {@code otherwise} when absent or not a number (protocol/01 section 2.1). */
    public long longOr(String name, long otherwise) {
        int at = find(name);
        if (at < 0) {
            return otherwise;
        }
        try {
            return Long.parseLong(pairs[at + 1]);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** True for {@code true} in any letter case, false for anything else; {@code otherwise} when absent. */
    public boolean boolOr(String name, boolean otherwise) {
        int at = find(name);
        return at < 0 ? otherwise : "true".equalsIgnoreCase(pairs[at + 1]);
    }

    /**
     * The value of a field that the request cannot do without.
     *
     * @throws MissingFieldException naming the field
     */
    public String required(String name) {
        int at = find(name);
        if (at < 0) {
            throw new MissingFieldException(name);
        }
        return pairs[at + 1];
    }

    /** @throws MissingFieldException when absent or not a number */
    public int requiredInt(String name) {
        try {
            return Integer.parseInt(required(name));
        } catch (NumberFormatException e) {
            throw new MissingFieldException(name, text(name));
        }
    }

    /** @throws MissingFieldException when absent or not a number */
    public long requiredLong(String name) {
        try {
            return Long.parseLong(required(name));
        } catch (NumberFormatException e) {
            throw new MissingFieldException(name, text(name));
        }
    }

    /** Number of fields. */
    public int size() {
        return length / 2;
    }

    /** The name of field {@code index}, counted from 0 in the order they were added. */
    public String nameAt(int index) {
        return pairs[2 * index];
    }

    /** The value of field {@code index}. */
    public String valueAt(int index) {
        return pairs[2 * index + 1];
    }

    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < length; i += 2) {
            action.accept(pairs[i], pairs[i + 1]);
        }
    }

    /** Headers are read in nearly the order they were written, so the search goes on where the last one ended. */
    private int find(String name) {
        int start = next;
        for (int i = start; i < length; i += 2) {
            if (pairs[i].equals(name)) {
                next = i + 2;
                return i;
            }
        }
        for (int i = 0; i < start; i += 2) {
            if (pairs[i].equals(name)) {
                next = i + 2;
                return i;
            }
        }
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Fields that) || that.length != length) {
            return false;
        }
        for (int i = 0; i < length; i += 2) {
            if (!that.text(pairs[i]).equals(pairs[i + 1])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (int i = 0; i < length; i += 2) {
            hash += pairs[i].hashCode() ^ pairs[i + 1].hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        return Arrays.asList(pairs).subList(0, length).toString();
    }

    /** Collects fields; not safe for concurrent use. */
    public static final class Builder {

        private String[] pairs = new String[32];
        private int length;

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
            return append(name, value);
        }

        /** Adds a field whose name is known not to be here yet; an empty value adds nothing. */
        Builder append(String name, String value) {
            if (value.isEmpty()) {
                return this;
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

        public Fields build() {
            return length == 0 ? NONE : new Fields(pairs, length);
        }
    }
}
