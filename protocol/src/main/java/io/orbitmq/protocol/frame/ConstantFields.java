package io.orbitmq.protocol.frame;

/** Fields that are the same in many answers, ready made in both serializations. Immutable; keep it. */
public final class ConstantFields {

    private static final int SINK_BYTES = 64;

    private final Fields fields;
    private final byte[] json;
    private final byte[] binary;

    private ConstantFields(Fields fields) {
        this.fields = fields;
        ByteSink jsonSink = new ByteSink(SINK_BYTES);
        ByteSink binarySink = new ByteSink(SINK_BYTES);
        fields.writeTo(new JsonFieldSink(jsonSink));
        fields.writeTo(new BinaryFieldSink(binarySink));
        this.json = jsonSink.toByteArray();
        this.binary = binarySink.toByteArray();
    }

    /** At least one name and value after another. */
    public static ConstantFields of(String... namesAndValues) {
        return new ConstantFields(Fields.of(namesAndValues));
    }

    /** The same as fields. */
    public Fields fields() {
        return fields;
    }

    /** Members of a JSON object without a comma in front. */
    byte[] json() {
        return json;
    }

    byte[] binary() {
        return binary;
    }
}
