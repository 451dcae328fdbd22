package io.orbitmq.protocol.frame;

import java.nio.charset.StandardCharsets;

/**
 * Takes the fields of one frame in order, in whatever serialization it is written. One thread; each name once, as nothing
 * is looked up.
 *
 * <pre>{@code
 * sink.number(QUEUE_ID, 3);
 * ByteSink value = sink.open(MESSAGE_ID);
 * value.writeBytes(...);   // UTF-8 that JSON need not escape
 * sink.close();
 * }</pre>
 */
public abstract class FieldSink {

    FieldSink() {}

    /**
     * Starts a value that the caller writes itself: at least one byte of UTF-8 without control characters, quotes and
     * backslashes. {@link #close} ends it.
     */
    public abstract ByteSink open(FieldName name);

    /** Ends the value that was opened. */
    public abstract void close();

    /** A text of any characters; an empty one is left out. */
    public abstract void text(FieldName name, String value);

    /** A text given in UTF-8; an empty one is left out. */
    public final void utf8(FieldName name, byte[] value, int from, int to) {
        if (!JsonText.isPlain(value, from, to)) {
            text(name, new String(value, from, to - from, StandardCharsets.UTF_8));
        } else if (from < to) {
            open(name).writeBytes(value, from, to - from);
            close();
        }
    }

    /** Fields that are ready made. */
    public abstract void constant(ConstantFields fields);

    public final void number(FieldName name, long value) {
        open(name).writeDecimal(value);
        close();
    }

    public final void flag(FieldName name, boolean value) {
        open(name).writeAscii(value ? "true" : "false");
        close();
    }

    /** A field whose name is not ready made; the value is not empty. */
    abstract void unknown(String name, String value);
}
