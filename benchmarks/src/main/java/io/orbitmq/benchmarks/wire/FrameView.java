package io.orbitmq.benchmarks.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A frame lying in a read buffer: just enough of its JSON header is read, and nothing is copied. Reused for every frame,
 * valid until the buffer moves. Numbers that are absent read as -1.
 */
public final class FrameView {

    private static final byte[] OPAQUE = {'"', 'o', 'p', 'a', 'q', 'u', 'e', '"', ':'};
    private static final byte[] CODE = {'"', 'c', 'o', 'd', 'e', '"', ':'};
    private static final byte[] OFFSET = field("offset");
    private static final int HEADER_AT = 8;

    private byte[] bytes;
    private int headerStart;
    private int headerEnd;
    private int frameEnd;

    /** Points this view at the frame that starts at {@code position} of an array-backed buffer. */
    public void wrap(ByteBuffer buffer, int position, int length) {
        bytes = buffer.array();
        headerStart = position + HEADER_AT;
        headerEnd = headerStart + (buffer.getInt(position + 4) & 0xFFFFFF);
        frameEnd = position + 4 + length;
    }

    public int code() {
        return (int) numberAfter(CODE, headerStart);
    }

    public int opaque() {
        int from = headerEnd - OPAQUE.length;
        while (from >= headerStart && !matches(OPAQUE, from)) {
            from--;
        }
        return (int) numberAfter(OPAQUE, Math.max(from, headerStart));
    }

    /** The offset of an answer to GET_MAX_OFFSET. */
    public long offset() {
        return numberAfter(OFFSET, headerStart);
    }

    /** What stands before the value of a field, to be made once and given to {@link #number} and {@link #text}. */
    public static byte[] field(String name) {
        return ('"' + name + "\":\"").getBytes(StandardCharsets.US_ASCII);
    }

    /** The number in a field. */
    public long number(byte[] field) {
        return numberAfter(field, headerStart);
    }

    /** The bytes of a field without escapes, where they lie; none when it is absent. */
    public ByteBuffer text(byte[] field) {
        int from = after(field, headerStart);
        int to = from;
        while (to < headerEnd && bytes[to] != '"') {
            to++;
        }
        return ByteBuffer.wrap(bytes, from, to - from);
    }

    /** Where the frame starts, with its length. */
    public int start() {
        return headerStart - HEADER_AT;
    }

    public int bodyStart() {
        return headerEnd;
    }

    public int bodyEnd() {
        return frameEnd;
    }

    public byte[] array() {
        return bytes;
    }

    private long numberAfter(byte[] name, int from) {
        int at = after(name, from);
        return at < headerEnd ? numberAt(at) : -1;
    }

    /** Where a name ends, the end of the header when it is absent. */
    private int after(byte[] name, int from) {
        for (int i = from; i <= headerEnd - name.length; i++) {
            if (matches(name, i)) {
                return i + name.length;
            }
        }
        return headerEnd;
    }

    private long numberAt(int from) {
        int at = from;
        boolean negative = bytes[at] == '-';
        if (negative) {
            at++;
        }
        long value = 0;
        while (at < headerEnd && bytes[at] >= '0' && bytes[at] <= '9') {
            value = value * 10 + bytes[at++] - '0';
        }
        return negative ? -value : value;
    }

    private boolean matches(byte[] name, int at) {
        for (int i = 0; i < name.length; i++) {
            if (bytes[at + i] != name[i]) {
                return false;
            }
        }
        return true;
    }
}
