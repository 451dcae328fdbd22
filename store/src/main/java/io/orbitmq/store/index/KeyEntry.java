package io.orbitmq.store.index;

/**
 * An entry of the key index, in memory and in run files: two longs.
 *
 * <pre>
 * hash, upper 48 bits | position, upper 16 of 48 bits
 * position, lower 32 bits | store time in seconds 32
 * </pre>
 *
 * What is cut off the hash costs a wrong candidate now and then, which its record tells. Pure functions.
 */
final class KeyEntry {

    static final int LONGS = 2;
    static final int BYTES = LONGS * Long.BYTES;

    private static final int HASH_SHIFT = 16;

    private KeyEntry() {}

    static long first(long hash, long position) {
        return hash >>> HASH_SHIFT << HASH_SHIFT | position >>> 32;
    }

    static long second(long position, int seconds) {
        return position << 32 | seconds & 0xFFFFFFFFL;
    }

    /** Whether it is filed under the hash. */
    static boolean hasHash(long first, long hash) {
        return (first ^ hash) >>> HASH_SHIFT == 0;
    }

    static long position(long first, long second) {
        return (first & (1L << HASH_SHIFT) - 1) << 32 | second >>> 32;
    }

    static int seconds(long second) {
        return (int) second;
    }
}
