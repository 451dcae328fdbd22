package io.orbitmq.protocol.frame;

/**
 * Fields of a received header. A value stays where it stands in the header until somebody asks for its text; numbers are
 * read from the bytes without one, and so is what is looked up.
 */
final class ReceivedFields extends Fields {

    /** Never changes. */
    private final byte[] header;

    private final FieldLayout layout;
    /** Bit n: value n is another one than in the header that the layout was made from, which has at most 32 then. */
    private final int changes;

    ReceivedFields(byte[] header, FieldLayout layout, int changes) {
        this.header = header;
        this.layout = layout;
        this.changes = changes;
    }

    FieldLayout layout() {
        return layout;
    }

    @Override
    int find(String name) {
        return layout.find(name);
    }

    @Override
    public int size() {
        return layout.size();
    }

    @Override
    public String nameAt(int index) {
        return layout.name(index);
    }

    @Override
    public String valueAt(int index) {
        boolean changed = (changes >>> index & 1) != 0;
        return changed ? layout.text(header, index) : layout.firstText(header, index);
    }

    @Override
    long numberAt(int index, long otherwise) {
        long number = layout.number(header, index);
        return number == FieldLayout.NO_PLAIN_NUMBER ? super.numberAt(index, otherwise) : number;
    }

    @Override
    boolean isTrueAt(int index) {
        return layout.isTrue(header, index);
    }

    @Override
    byte[] utf8At(int index) {
        return layout.utf8(header, index);
    }

    @Override
    <T extends NameTable.Named> T findIn(NameTable<T> table, int index, T otherwise) {
        return layout.isEscaped(index)
                ? super.findIn(table, index, otherwise)
                : table.find(header, layout.start(index), layout.end(index), otherwise);
    }

    @Override
    long hashAt(int index) {
        return layout.isEscaped(index)
                ? super.hashAt(index)
                : Utf8Hash.of(header, layout.start(index), layout.end(index));
    }
}
