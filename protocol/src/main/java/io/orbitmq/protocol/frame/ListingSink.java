package io.orbitmq.protocol.frame;

import java.nio.charset.StandardCharsets;

/** Makes a list of the fields, for who looks into fields that are normally only written. */
final class ListingSink extends FieldSink {

    private static final int VALUE_BYTES = 32;

    private final Fields.Builder fields = Fields.builder();
    private final ByteSink value = new ByteSink(VALUE_BYTES);
    private String openName = "";

    @Override
    public ByteSink open(FieldName name) {
        openName = name.text();
        value.clear();
        return value;
    }

    @Override
    public void close() {
        fields.put(openName, new String(value.array(), 0, value.size(), StandardCharsets.UTF_8));
    }

    @Override
    public void text(FieldName name, String text) {
        fields.put(name.text(), text);
    }

    @Override
    public void constant(ConstantFields constant) {
        constant.fields().forEach(fields::put);
    }

    @Override
    void unknown(String name, String text) {
        fields.put(name, text);
    }

    Fields list() {
        return fields.build();
    }
}
