package io.orbitmq.protocol.frame;

/** Writes the members of the JSON object {@code extFields}. */
final class JsonFieldSink extends FieldSink {

    private final ByteSink out;
    private boolean first = true;

    JsonFieldSink(ByteSink out) {
        this.out = out;
    }

    @Override
    public ByteSink open(FieldName name) {
        byte[] json = name.json();
        int comma = first ? 1 : 0;
        first = false;
        out.writeBytes(json, comma, json.length - comma);
        return out;
    }

    @Override
    public void close() {
        out.writeByte('"');
    }

    @Override
    public void text(FieldName name, String value) {
        if (!value.isEmpty()) {
            JsonText.writeUnquoted(value, open(name));
            close();
        }
    }

    @Override
    public void constant(ConstantFields fields) {
        if (!first) {
            out.writeByte(',');
        }
        first = false;
        out.writeBytes(fields.json());
    }

    @Override
    void unknown(String name, String value) {
        if (!first) {
            out.writeByte(',');
        }
        first = false;
        JsonText.writeQuoted(name, out);
        out.writeByte(':');
        JsonText.writeQuoted(value, out);
    }
}
