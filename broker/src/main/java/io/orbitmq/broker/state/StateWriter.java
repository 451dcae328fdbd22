package io.orbitmq.broker.state;

import io.orbitmq.protocol.frame.ByteSink;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Encodes changes and snapshots of state tables. Integers are big-endian; a text is its UTF-8 length (int) and bytes; a
 * map its size (int) and alternating texts. Read back by {@link StateReader}. Part of the on-disk format. One owner.
 */
public final class StateWriter {

    private static final int INITIAL_BYTES = 128;

    private final ByteSink sink;

    public StateWriter() {
        this(INITIAL_BYTES);
    }

    /** @param expectedBytes about as much as will be written, so that a large snapshot does not outgrow its memory often */
    public StateWriter(int expectedBytes) {
        this.sink = new ByteSink(expectedBytes);
    }

    public StateWriter putByte(int value) {
        sink.writeByte(value);
        return this;
    }

    public StateWriter putBool(boolean value) {
        return putByte(value ? 1 : 0);
    }

    public StateWriter putInt(int value) {
        sink.writeInt(value);
        return this;
    }

    public StateWriter putLong(long value) {
        sink.writeInt((int) (value >>> 32));
        sink.writeInt((int) value);
        return this;
    }

    public StateWriter putText(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        sink.writeInt(bytes.length);
        sink.writeBytes(bytes);
        return this;
    }

    public StateWriter putTexts(Map<String, String> values) {
        sink.writeInt(values.size());
        values.forEach((name, value) -> putText(name).putText(value));
        return this;
    }

    /** Bytes written so far; a place for {@link #setInt}. */
    public int size() {
        return sink.size();
    }

    /** Overwrites an int written before at {@code position}. */
    public void setInt(int position, int value) {
        sink.putInt(position, value);
    }

    /** Everything written, in a new array. */
    public ByteBuffer toBuffer() {
        return ByteBuffer.wrap(sink.toByteArray());
    }
}
