package io.orbitmq.protocol.frame;

/** A 64-bit hash of a text's UTF-8 bytes, eight at a time. Not for what outlives the process. Stateless. */
public final class Utf8Hash {

    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private Utf8Hash() {}

    /** The hash of the bytes at {@code [from, to)}. */
    public static long of(byte[] bytes, int from, int to) {
        int length = to - from;
        long hash = length;
        if (length >= Long.BYTES) {
            int last = to - Long.BYTES;
            for (int at = from; at < last; at += Long.BYTES) {
                hash = mix(hash, EightBytes.at(bytes, at));
            }
            return mix(hash, EightBytes.at(bytes, last));
        }
        long rest = 0;
        for (int at = from; at < to; at++) {
            rest = rest << Byte.SIZE | bytes[at] & 0xFF;
        }
        return mix(hash, rest);
    }

    /** The hash of a text, the same as that of its bytes. */
    public static long of(String text) {
        byte[] bytes = Utf8Text.bytes(text);
        return of(bytes, 0, bytes.length);
    }

    /**
     * A hash of two. Both halves of the product are in it: a product's lower bits know nothing of the upper ones, where
     * the last letters are, by which numbered names differ.
     */
    public static long mix(long hash, long other) {
        long mixed = hash ^ other;
        return mixed * MULTIPLIER ^ Math.multiplyHigh(mixed, MULTIPLIER);
    }
}
