package io.orbitmq.protocol.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes of an array at once, as a number whose lowest byte is the first: for loops over names and headers that would
 * look at one byte after another. A question about all eight is answered by marks, the high bit of each byte for which it
 * is so. Which mark is the {@link #first} is certain, and whether there is one at all; marks above it may be false, because
 * a subtraction borrows from the next byte. Stateless.
 */
public final class EightBytes {

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = ONES << 7;

    private EightBytes() {}

    /** The bytes from {@code index} on, of which there are at least eight. */
    public static long at(byte[] bytes, int index) {
        return (long) EIGHT.get(bytes, index);
    }

    /** This byte, an ASCII character or another up to 127, eight times. */
    public static long all(int ascii) {
        return ONES * ascii;
    }

    /** Marks the bytes that are equal to those of {@code wanted}. */
    public static long equal(long eight, long wanted) {
        long different = eight ^ wanted;
        return different - ONES & ~different & HIGHS;
    }

    /** Marks the bytes, taken as unsigned, that are less than {@code bound}, an ASCII character {@link #all} over. */
    static long less(long eight, long bound) {
        return eight - bound & ~eight & HIGHS;
    }

    /** Marks the bytes that are not ASCII; here every mark is true. */
    public static long beyondAscii(long eight) {
        return eight & HIGHS;
    }

    /** The place, from 0 to 7, of the first mark; there is one. */
    public static int first(long marks) {
        return Long.numberOfTrailingZeros(marks) >>> 3;
    }
}
