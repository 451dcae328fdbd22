package io.orbitmq.protocol.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing byte array that codecs write to. One owner writes a frame's head into it, hands the bytes to the
 * connection, and {@link #clear}s it for the next. Not safe for concurrent use.
 */
public final class ByteSink {

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_DIGITS = 19;
    private static final int MAX_DECIMAL_BYTES = MAX_DIGITS + 1;

    /** Two bytes at once; the lower one is the first. */
    private static final VarHandle PAIR = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    /** Eight bytes at once; the highest one is the first. */
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final long ONES = EightBytes.all(1);
    private static final long SIXES = EightBytes.all(6);
    private static final long ZEROS = EightBytes.all('0');

    /** The two digits of each number below a hundred. */
    private static final short[] PAIRS = new short[100];

    static {
        for (int i = 0; i < PAIRS.length; i++) {
            PAIRS[i] = (short) ('0' + i / 10 | '0' + i % 10 << Byte.SIZE);
        }
    }

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

    /** Appends what remains in the buffer, whose position moves to its limit. */
    public void writeBytes(ByteBuffer source) {
        int length = source.remaining();
        ensure(length);
        source.get(bytes, size, length);
        size += length;
    }

    /** Appends the number's decimal digits. */
    public void writeDecimal(long value) {
        if (value == Long.MIN_VALUE) {
            writeAscii(Long.toString(value));
            return;
        }
        ensure(MAX_DECIMAL_BYTES);
        long rest = value;
        if (rest < 0) {
            bytes[size++] = '-';
            rest = -rest;
        }
        int end = size + digits(rest);
        int at = end;
        while (rest >= 100) {
            long hundredth = rest / 100;
            at -= 2;
            PAIR.set(bytes, at, PAIRS[(int) (rest - hundredth * 100)]);
            rest = hundredth;
        }
        if (rest >= 10) {
            PAIR.set(bytes, at - 2, PAIRS[(int) rest]);
        } else {
            bytes[at - 1] = (byte) ('0' + rest);
        }
        size = end;
    }

    private static int digits(long value) {
        int digits = 1;
        for (long bound = 10; value >= bound && digits < MAX_DIGITS; bound *= 10) {
            digits++;
        }
        return digits;
    }

    /** Appends the sixteen upper-case hexadecimal digits of the number. */
    public void writeHex(long value) {
        ensure(2 * Long.BYTES);
        EIGHT.set(bytes, size, hexDigits(value >>> Integer.SIZE));
        EIGHT.set(bytes, size + Long.BYTES, hexDigits(value & 0xFFFF_FFFFL));
        size += 2 * Long.BYTES;
    }

    /** The eight digits of a number of 32 bits: first each half-byte moves to a byte of its own. */
    private static long hexDigits(long number) {
        long spread = (number << 16 | number) & 0x0000_FFFF_0000_FFFFL;
        spread = (spread << 8 | spread) & 0x00FF_00FF_00FF_00FFL;
        spread = (spread << 4 | spread) & 0x0F0F_0F0F_0F0F_0F0FL;
        long letters = spread + SIXES >>> 4 & ONES;
        return spread + ZEROS + letters * ('A' - '9' - 1);
    }

    /** Appends the two upper-case hexadecimal digits of the byte. */
    public void writeHex(byte value) {
        ensure(2);
        bytes[size++] = HEX[value >>> 4 & 0xF];
        bytes[size++] = HEX[value & 0xF];
    }

    /** Appends a text of ASCII characters, one byte each. */
    @SuppressWarnings("deprecation") // it is the one call that copies ASCII without an array in between
    public void writeAscii(String text) {
        int length = text.length();
        ensure(length);
        text.getBytes(0, length, bytes, size);
        size += length;
    }

    /** Appends a text in UTF-8. */
    public void writeUtf8(String text) {
        writeBytes(Utf8Text.bytes(text));
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
