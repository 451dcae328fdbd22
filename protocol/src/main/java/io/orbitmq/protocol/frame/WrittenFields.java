package io.orbitmq.protocol.frame;

/** Fields of frequent answers: they go straight into the frame and become a list only when somebody looks into them. */
final class WrittenFields extends Fields {

    private final FieldWriter writer;
    /** Null until somebody asks; threads may make it twice. */
    private Fields list;

    WrittenFields(FieldWriter writer) {
        this.writer = writer;
    }

    @Override
    void writeTo(FieldSink sink) {
        writer.writeTo(sink);
    }

    private Fields list() {
        Fields known = list;
        if (known == null) {
            ListingSink sink = new ListingSink();
            writer.writeTo(sink);
            known = sink.list();
            list = known;
        }
        return known;
    }

    @Override
    int find(String name) {
        return list().find(name);
    }

    @Override
    public int size() {
        return list().size();
    }

    @Override
    public String nameAt(int index) {
        return list().nameAt(index);
    }

    @Override
    public String valueAt(int index) {
        return list().valueAt(index);
    }
}
