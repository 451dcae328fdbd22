package io.orbitmq.protocol.frame;

import java.nio.charset.StandardCharsets;

/** The name of a field of frequent answers, ready made in both serializations. Immutable; keep it in a constant. */
public final class FieldName {

    private final String text;
    private final byte[] json;
    private final byte[] binary;

    private FieldName(String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        ByteSink binarySink = new ByteSink(Short.BYTES + ascii.length);
        binarySink.writeShort(ascii.length);
        binarySink.writeBytes(ascii);
        this.text = text;
        this.json = (",\"" + text + "\":\"").getBytes(StandardCharsets.US_ASCII);
        this.binary = binarySink.toByteArray();
    }

    /** @param text ASCII without anything that JSON would escape */
    public static FieldName of(String text) {
        return new FieldName(text);
    }

    /** The name as text. */
    public String text() {
        return text;
    }

    /** A comma, the name, a colon and the opening quote of the value. */
    byte[] json() {
        return json;
    }

    /** The name with its length in front. */
    byte[] binary() {
        return binary;
    }
}
