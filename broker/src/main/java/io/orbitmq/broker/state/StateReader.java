package io.orbitmq.broker.state;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decodes what {@link StateWriter} wrote. Bytes that cannot have been written by it throw {@link
 * IllegalStateException}: the record's checksum was right, so this is a broken promise, not bad luck. One owner.
 */
public final class StateReader {

    private final String table;
    private final ByteBuffer bytes;

    /**
     * @param table whose bytes these are, for the text of errors
     * @param bytes not moved
     */
    public StateReader(String table, ByteBuffer bytes) {
        this.table = table;
        this.bytes = bytes.duplicate();
    }

    public boolean hasMore() {
        return bytes.hasRemaining();
    }

    public int takeByte() {
        return need(1).get();
    }

    public boolean takeBool() {
        return takeByte() != 0;
    }

    public int takeInt() {
        return need(Integer.BYTES).getInt();
    }

    public long takeLong() {
        return need(Long.BYTES).getLong();
    }

    public String takeText() {
        int length = takeInt();
        if (length < 0 || length > bytes.remaining()) {
            throw broken("a text of " + length + " bytes");
        }
        String text = StandardCharsets.UTF_8
                .decode(bytes.slice(bytes.position(), length))
                .toString();
        bytes.position(bytes.position() + length);
        return text;
    }

    public Map<String, String> takeTexts() {
        Map<String, String> values = new TreeMap<>();
        for (int left = takeInt(); left > 0; left--) {
            String name = takeText();
            values.put(name, takeText());
        }
        return values;
    }

    /** What to throw for a kind of change that this release does not know. */
    public IllegalStateException broken(String found) {
        return new IllegalStateException("the change of the table '" + table + "' is not one this release wrote: found "
                + found + " at byte " + bytes.position() + " of " + bytes.limit()
                + "; start the release that wrote it");
    }

    private ByteBuffer need(int count) {
        if (bytes.remaining() < count) {
            throw (IllegalStateException) broken("only " + bytes.remaining() + " of " + count + " bytes")
                    .initCause(new BufferUnderflowException());
        }
        return bytes;
    }
}
