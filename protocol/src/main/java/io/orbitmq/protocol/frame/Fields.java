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
public final class Fields {

    /** No fields, encoded as an empty object in JSON. */
    public static final Fields NONE = new Fields(FieldList.EMPTY);

    private static final byte[] NOTHING = {};

    private final FieldWriter writer;
    /** Null until somebody asks, when there is a writer; threads may make it twice. */
    private FieldList list;

    Fields(FieldList list) {
        this.writer = null;
        this.list = list;
    }

    private Fields(FieldWriter writer) {
        this.writer = writer;
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

    /** @param writer immutable; says the fields whenever they are needed, each name once */
    public static Fields written(FieldWriter writer) {
        return new Fields(writer);
    }

    /** Says the fields in order. */
    void writeTo(FieldSink sink) {
        if (writer != null) {
            writer.writeTo(sink);
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            sink.unknown(list.nameAt(i), list.valueAt(i));
        }
    }

    FieldList list() {
        FieldList known = list;
        if (known == null) {
            ListingSink sink = new ListingSink();
            writer.writeTo(sink);
            known = sink.list();
            list = known;
        }
        return known;
    }

    public boolean has(String name) {
        return list().find(name) >= 0;
    }

    /** The value, or the empty text when absent. */
    public String text(String name) {
        return textOr(name, "");
    }

    /** The value, or {@code otherwise} when absent. */
    public String textOr(String name, String otherwise) {
        FieldList fields = list();
        int at = fields.find(name);
        return at < 0 ? otherwise : fields.valueAt(at);
    }

    /** The value in UTF-8, in an array of its own; empty when absent. */
    public byte[] utf8(String name) {
        FieldList fields = list();
        int at = fields.find(name);
        return at < 0 ? NOTHING : fields.utf8At(at);
    }

    /** What stands in {@code table} under the value, or {@code otherwise}; makes no text of a received value. */
    public <T extends NameTable.Named> T find(String name, NameTable<T> table, T otherwise) {
        FieldList fields = list();
        int at = fields.find(name);
        return at < 0 ? otherwise : fields.findIn(table, at, otherwise);
    }

    /** The {@link Utf8Hash} of the value; that of the empty text when absent. */
    public long hash(String name) {
        FieldList fields = list();
        int at = fields.find(name);
        return at < 0 ? Utf8Hash.of(NOTHING, 0, 0) : fields.hashAt(at);
    }

    /** The value as int; {@code otherwise} when absent or not a number (protocol/01 section 2.1). */
    public int intOr(String name, int otherwise) {
        long number = longOr(name, otherwise);
        return number == (int) number ? (int) number : otherwise;
    }

    /** The value as long; {@code otherwise} when absent or not a number (protocol/01 section 2.1). */
    public long longOr(String name, long otherwise) {
        FieldList fields = list();
        int at = fields.find(name);
        return at < 0 ? otherwise : fields.numberAt(at, otherwise);
    }

    /** True for {@code true} in any letter case, false for anything else; {@code otherwise} when absent. */
    public boolean boolOr(String name, boolean otherwise) {
        FieldList fields = list();
        int at = fields.find(name);
        return at < 0 ? otherwise : fields.isTrueAt(at);
    }

    /**
     * The value of a field that the request cannot do without.
     *
     * @throws MissingFieldException naming the field
     */
    public String required(String name) {
        return list().valueAt(requiredAt(name));
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
        FieldList fields = list();
        int at = requiredAt(name);
        long number = fields.numberAt(at, 0);
        if (number == 0 && fields.numberAt(at, 1) != 0) {
            throw new MissingFieldException(name, text(name));
        }
        return number;
    }

    private int requiredAt(String name) {
        int at = list().find(name);
        if (at < 0) {
            throw new MissingFieldException(name);
        }
        return at;
    }

    /** Number of fields. */
    public int size() {
        return list().size();
    }

    /** The name of field {@code index}, counted from 0 in the order they were added. */
    public String nameAt(int index) {
        return list().nameAt(index);
    }

    /** The value of field {@code index}. */
    public String valueAt(int index) {
        return list().valueAt(index);
    }

    public void forEach(BiConsumer<String, String> action) {
        FieldList fields = list();
        for (int i = 0; i < fields.size(); i++) {
            action.accept(fields.nameAt(i), fields.valueAt(i));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fields that && list().equals(that.list());
    }

    @Override
    public int hashCode() {
        return list().hashCode();
    }

    @Override
    public String toString() {
        return list().toString();
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
        FieldList list() {
            String[] names = new String[size()];
            String[] values = new String[size()];
            for (int i = 0; i < names.length; i++) {
                names[i] = pairs[2 * i];
                values[i] = pairs[2 * i + 1];
            }
            return new FieldList(names, values, RawValues.NONE);
        }

        public Fields build() {
            return length == 0 ? NONE : new Fields(list());
        }
    }
}
