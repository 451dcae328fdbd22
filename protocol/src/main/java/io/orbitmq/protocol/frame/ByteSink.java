package io.orbitmq.protocol.frame;

import java.util.Arrays;

/**
 * A growing byte array that codecs write to. One owner writes a frame's head into it, hands the bytes to the
 * connection, and {@link #clear}s it for the next. Not safe for concurrent use.
 */
public final class ByteSink {

    private byte[] bytes;
    private int size;

    public ByteSink(int initialCapacity) {
        this.bytes = new byte[initialCapacity];
    }

    public void clear() {
        size = 0;
    }

    public int size() {
        return size;
    }

    /** The array behind this sink; bytes from 0 to {@link #size} are valid until the next write. */
    public byte[] array() {
        return bytes;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    public void writeByte(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    public void writeShort(int value) {
        ensure(2);
        bytes[size++] = (byte) (value >>> 8);
        bytes[size++] = (byte) value;
    }

    public void writeInt(int value) {
        ensure(4);
        putInt(size, value);
        size += 4;
    }

    public void writeBytes(byte[] source) {
        writeBytes(source, 0, source.length);
    }

    public void writeBytes(byte[] source, int offset, int length) {
        ensure(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    /** Overwrites four bytes at {@code position}, big-endian. */
    public void putInt(int position, int value) {
        bytes[position] = (byte) (value >>> 24);
        bytes[position + 1] = (byte) (value >>> 16);
        bytes[position + 2] = (byte) (value >>> 8);
        bytes[position + 3] = (byte) value;
    }

    /** Makes room for {@code more} bytes and returns the array behind this sink. */
    byte[] reserve(int more) {
        ensure(more);
        return bytes;
    }

    /** Sets the size, within what was reserved. */
    void truncate(int newSize) {
        size = newSize;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
