package io.orbitmq.benchmarks.wire;

import java.nio.ByteBuffer;

/**
 * A frame lying in a read buffer: just enough of its JSON header is read, and nothing is copied. Reused for every frame,
 * valid until the buffer moves. Numbers that are absent read as -1.
 */
public final class FrameView {

    private static final byte[] OPAQUE = {'"', 'o', 'p', 'a', 'q', 'u', 'e', '"', ':'};
    private static final byte[] CODE = {'"', 'c', 'o', 'd', 'e', '"', ':'};
    private static final byte[] NEXT_OFFSET = {
        '"', 'n', 'e', 'x', 't', 'B', 'e', 'g', 'i', 'n', 'O', 'f', 'f', 's', 'e', 't', '"', ':', '"'
    };
    private static final byte[] OFFSET = {'"', 'o', 'f', 'f', 's', 'e', 't', '"', ':', '"'};
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

    public long nextBeginOffset() {
        return numberAfter(NEXT_OFFSET, headerStart);
    }

    /** The offset of an answer to GET_MAX_OFFSET. */
    public long offset() {
        return numberAfter(OFFSET, headerStart);
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
        for (int i = from; i <= headerEnd - name.length; i++) {
            if (matches(name, i)) {
                return number(i + name.length);
            }
        }
        return -1;
    }

    private long number(int from) {
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
