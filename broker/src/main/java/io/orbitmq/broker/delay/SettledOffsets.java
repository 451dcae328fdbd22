package io.orbitmq.broker.delay;

import io.orbitmq.broker.state.StateReader;
import io.orbitmq.broker.state.StateWriter;
import java.util.Arrays;

/**
 * Which messages of one queue are settled: all below a number, and a bit for each above it. Settling in any order, twice
 * too, ends in the same state. A queue of which the newest of n waiting messages is settled first takes n bits.
 *
 * <p>Not thread-safe.
 */
final class SettledOffsets {

    private static final int WORD_BITS = Long.SIZE;
    private static final long[] NONE = new long[0];

    private long below;
    /** Bit i of word w is the offset {@code base + 64 * w + i}; {@code base} is {@code below} rounded down to 64. */
    private long[] words = NONE;

    /** Every offset before this is settled, this one is not. */
    long below() {
        return below;
    }

    boolean contains(long offset) {
        if (offset < below) {
            return true;
        }
        long word = offset / WORD_BITS - below / WORD_BITS;
        return word < words.length && (words[(int) word] >>> offset & 1) != 0;
    }

    /** How many are settled above {@link #below}. */
    long countAbove() {
        long count = 0;
        for (int i = 0; i < words.length; i++) {
            long counted = i == 0 ? words[0] & -1L << below : words[i];
            count += Long.bitCount(counted);
        }
        return count;
    }

    void add(long offset) {
        if (offset < below) {
            return;
        }
        long word = offset / WORD_BITS - below / WORD_BITS;
        if (word >= words.length) {
            words = Arrays.copyOf(words, Math.toIntExact(Math.max(word + 1, Math.min(word * 2, word + 1024))));
        }
        words[(int) word] |= 1L << offset;
        advance();
    }

    /** Settles everything before {@code offset}. */
    void addAllBelow(long offset) {
        if (offset <= below) {
            return;
        }
        moveBase(offset);
        below = offset;
        advance();
    }

    void write(StateWriter out) {
        int used = words.length;
        while (used > 0 && words[used - 1] == 0) {
            used--;
        }
        out.putLong(below).putInt(used);
        for (int i = 0; i < used; i++) {
            out.putLong(words[i]);
        }
    }

    static SettledOffsets read(StateReader in) {
        SettledOffsets settled = new SettledOffsets();
        settled.below = in.takeLong();
        settled.words = new long[in.takeInt()];
        for (int i = 0; i < settled.words.length; i++) {
            settled.words[i] = in.takeLong();
        }
        return settled;
    }

    /** Moves {@link #below} behind the settled offsets that follow it. */
    private void advance() {
        long end = below;
        long word = 0;
        while (word < words.length) {
            long open = ~words[(int) word] & (word == 0 ? -1L << below : -1L);
            if (open != 0) {
                end = (below / WORD_BITS + word) * WORD_BITS + Long.numberOfTrailingZeros(open);
                break;
            }
            word++;
            end = (below / WORD_BITS + word) * WORD_BITS;
        }
        if (end > below) {
            moveBase(end);
            below = end;
        }
    }

    private void moveBase(long offset) {
        long gone = offset / WORD_BITS - below / WORD_BITS;
        if (gone > 0) {
            words = gone >= words.length ? NONE : Arrays.copyOfRange(words, (int) gone, words.length);
        }
    }
}
