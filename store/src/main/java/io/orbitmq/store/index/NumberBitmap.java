package io.orbitmq.store.index;

import java.io.IOException;

/** Which queue numbers a run holds, and at which place of its directory each is. Immutable. */
final class NumberBitmap {

    private static final int WORDS_PER_BLOCK = 8;

    private final int firstNumber;
    private final long[] words;
    private final int[] rankOfBlock;
    private final int size;

    /** @param firstNumber number of the first bit, a multiple of 64 */
    NumberBitmap(int firstNumber, long[] words) {
        this.firstNumber = firstNumber;
        this.words = words;
        this.rankOfBlock = new int[words.length / WORDS_PER_BLOCK + 1];
        int rank = 0;
        for (int i = 0; i < words.length; i++) {
            if (i % WORDS_PER_BLOCK == 0) {
                rankOfBlock[i / WORDS_PER_BLOCK] = rank;
            }
            rank += Long.bitCount(words[i]);
        }
        this.size = rank;
    }

    int size() {
        return size;
    }

    boolean contains(int number) {
        int bit = number - firstNumber;
        return bit >= 0 && bit >>> 6 < words.length && (words[bit >>> 6] >>> (bit & 63) & 1) != 0;
    }

    /** How many smaller numbers there are. */
    int rank(int number) {
        int bit = number - firstNumber;
        int word = bit >>> 6;
        int rank = rankOfBlock[word / WORDS_PER_BLOCK];
        for (int i = word / WORDS_PER_BLOCK * WORDS_PER_BLOCK; i < word; i++) {
            rank += Long.bitCount(words[i]);
        }
        return rank + Long.bitCount(words[word] & (1L << (bit & 63)) - 1);
    }

    /** The smallest number at or above {@code from}, or -1. */
    int next(int from) {
        int bit = Math.max(0, from - firstNumber);
        for (int word = bit >>> 6; word < words.length; word++) {
            long rest = word == bit >>> 6 ? words[word] & -1L << (bit & 63) : words[word];
            if (rest != 0) {
                return firstNumber + word * 64 + Long.numberOfTrailingZeros(rest);
            }
        }
        return -1;
    }

    int firstNumber() {
        return firstNumber;
    }

    int wordCount() {
        return words.length;
    }

    void write(PageWriter target) throws IOException {
        for (long word : words) {
            target.putLong(word);
        }
    }

    static NumberBitmap read(PageWindow source, long address, int firstNumber, int wordCount) throws IOException {
        long[] words = new long[wordCount];
        for (int i = 0; i < wordCount; i++) {
            words[i] = source.getLong(address + (long) i * Long.BYTES);
        }
        return new NumberBitmap(firstNumber, words);
    }
}
