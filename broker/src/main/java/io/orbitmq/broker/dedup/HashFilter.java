package io.orbitmq.broker.dedup;

/**
 * Tells of nearly every hash that was not added that it was not: three bits in one of many words for each. Added to by one
 * thread at a time, asked by any without a lock.
 */
final class HashFilter {

    private static final int HASHES_PER_WORD = 4;

    private final long[] words;

    /** @param expected about how many hashes, a power of two */
    HashFilter(int expected) {
        this.words = new long[Math.max(1, expected / HASHES_PER_WORD)];
    }

    void add(long hash) {
        words[word(hash)] |= bits(hash);
    }

    /** False only when it was not added. */
    boolean mayHold(long hash) {
        long bits = bits(hash);
        return (words[word(hash)] & bits) == bits;
    }

    private int word(long hash) {
        return (int) (hash >>> 32) & words.length - 1;
    }

    /** A shift looks at the last six bits only. */
    private static long bits(long hash) {
        return 1L << hash | 1L << (hash >>> 6) | 1L << (hash >>> 12);
    }
}
