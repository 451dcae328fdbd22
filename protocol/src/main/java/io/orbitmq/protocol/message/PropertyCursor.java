package io.orbitmq.protocol.message;

import java.nio.ByteBuffer;

/**
 * Walks over encoded properties without making strings. Tolerant as protocol/03 section 3 demands: entries without a
 * name, a separator or a value are passed over. One thread at a time; reusable.
 *
 * <pre>{@code
 * cursor.over(buffer, position, length);
 * while (cursor.next()) {
 *     if (cursor.nameIs(PropertyNames.TAGS)) { ... cursor.value() ... }
 * }
 * }</pre>
 */
public final class PropertyCursor {

    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private int at;
    private int end;
    private int nameStart;
    private int valueStart;
    private int valueEnd;

    /** Starts before the first entry of the {@code length} bytes at {@code position}. */
    public PropertyCursor over(ByteBuffer source, int position, int length) {
        buffer = source;
        at = position;
        end = position + length;
        return this;
    }

    /** Moves to the next entry; false when there is none. */
    public boolean next() {
        while (at < end) {
            int start = at;
            int separator = -1;
            int i = start;
            for (; i < end; i++) {
                byte b = buffer.get(i);
                if (b == MessageProperties.ENTRY_SEPARATOR) {
                    break;
                }
                if (b == MessageProperties.NAME_SEPARATOR && separator < 0) {
                    separator = i;
                }
            }
            at = i + 1;
            if (separator > start && separator + 1 < i) {
                nameStart = start;
                valueStart = separator + 1;
                valueEnd = i;
                return true;
            }
        }
        return false;
    }

    /** Whether the entry's name is this ASCII text. */
    public boolean nameIs(String name) {
        int length = name.length();
        if (valueStart - 1 - nameStart != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (buffer.get(nameStart + i) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    public String name() {
        return Utf8.text(buffer, nameStart, valueStart - 1 - nameStart);
    }

    public String value() {
        return Utf8.text(buffer, valueStart, valueEnd - valueStart);
    }

    /** Index of the value's first byte in the buffer. */
    public int valuePosition() {
        return valueStart;
    }

    /** Bytes of the value. */
    public int valueLength() {
        return valueEnd - valueStart;
    }

    /** The tag hash of the value (protocol/03 section 7). */
    public int valueHash() {
        return TagHash.ofUtf8(buffer, valueStart, valueEnd - valueStart);
    }
}
