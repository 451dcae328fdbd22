package io.orbitmq.protocol.frame;

/** Writes the entries of a compact header's extFields: {@code keyLength:2 key valueLength:4 value}. */
final class BinaryFieldSink extends FieldSink {

    private final ByteSink out;
    private int lengthAt;

    BinaryFieldSink(ByteSink out) {
        this.out = out;
    }

    @Override
    public ByteSink open(FieldName name) {
        out.writeBytes(name.binary());
        lengthAt = out.size();
        out.writeInt(0);
        return out;
    }

    @Override
    public void close() {
        out.putInt(lengthAt, out.size() - lengthAt - Integer.BYTES);
    }

    @Override
    public void text(FieldName name, String value) {
        if (!value.isEmpty()) {
            open(name).writeUtf8(value);
            close();
        }
    }

    @Override
    public void constant(ConstantFields fields) {
        out.writeBytes(fields.binary());
    }

    @Override
    void unknown(String name, String value) {
        byte[] utf8 = Utf8Text.bytes(name);
        out.writeShort(utf8.length);
        out.writeBytes(utf8);
        lengthAt = out.size();
        out.writeInt(0);
        out.writeUtf8(value);
        close();
    }
}
