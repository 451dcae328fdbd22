package io.orbitmq.store.index;

import java.nio.ByteBuffer;

/**
 * The 64-bit hash a key is filed under: a multiply-and-fold hash of the key's UTF-8 bytes, seeded by the topic. Part of
 * the format of key runs. Pure functions; different keys may collide, so finders compare the real key.
 */
final class KeyHash {

    static final int ORDER_BITS = 39;

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final long START = 0x2545F4914F6CDD1DL;

    private KeyHash() {}

    /** What the keys of a topic start from. */
    static long seed(byte[] topicUtf8) {
        return hash(START, ByteBuffer.wrap(topicUtf8), 0, topicUtf8.length);
    }

    /** The same for a name of at most 32 bytes that lies in four words, the first byte uppermost and zeros behind the last. */
    static long seed(long first, long second, long third, long fourth, int length) {
        int whole = length / Long.BYTES;
        long hash = START ^ length * MULTIPLIER;
        long rest = first;
        if (whole > 0) {
            hash = fold(hash, first);
            rest = second;
        }
        if (whole > 1) {
            hash = fold(hash, second);
            rest = third;
        }
        if (whole > 2) {
            hash = fold(hash, third);
            rest = fourth;
        }
        if (whole > 3) {
            hash = fold(hash, fourth);
        }
        int restBits = length % Long.BYTES * Byte.SIZE;
        return mix(fold(hash, restBits == 0 ? 0 : rest >>> Long.SIZE - restBits));
    }

    /** Hash of bytes {@code [from, to)} of a big-endian buffer. */
    static long hash(long seed, ByteBuffer bytes, int from, int to) {
        long hash = seed ^ (to - from) * MULTIPLIER;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = fold(hash, bytes.getLong(at));
        }
        long rest = 0;
        for (; at < to; at++) {
            rest = rest << 8 | bytes.get(at) & 0xFF;
        }
        return mix(fold(hash, rest));
    }

    /** What key runs are sorted by: the hash's leading 39 bits. */
    static long order(long hash) {
        return hash >>> 64 - ORDER_BITS;
    }

    private static long fold(long hash, long word) {
        long mixed = (hash ^ word) * MULTIPLIER;
        return mixed ^ mixed >>> 29;
    }

    private static long mix(long hash) {
        long mixed = (hash ^ hash >>> 32) * 0xD6E8FEB86659FD93L;
        mixed = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
        return mixed ^ mixed >>> 32;
    }
}
