package io.orbitmq.store.index;

import java.util.Arrays;

/**
 * Sorts longs by a range of their bits, ascending; what lies below the range must ascend already, what lies above be
 * zero. Linear in their number. Keeps its memory for the next call; one thread.
 */
final class RadixSort {

    /** Below this many, comparing is quicker. */
    private static final int FEW = 128;

    private static final int DIGIT_BITS = 11;
    private static final int DIGITS = 1 << DIGIT_BITS;

    private final int fromBit;
    private final int[] places = new int[DIGITS];
    private long[] other = new long[0];

    /** @param fromBit the lowest bit to sort by */
    RadixSort(int fromBit) {
        this.fromBit = fromBit;
    }

    /** Sorts the first {@code count} of {@code values} by so many bits. */
    void sort(long[] values, int count, int bits) {
        if (count < FEW) {
            Arrays.sort(values, 0, count);
            return;
        }
        if (other.length < count) {
            other = new long[values.length];
        }
        long[] from = values;
        long[] to = other;
        for (int done = 0; done < bits; done += DIGIT_BITS) {
            distribute(from, to, count, fromBit + done, Math.min(DIGIT_BITS, bits - done));
            long[] swapped = from;
            from = to;
            to = swapped;
        }
        if (from != values) {
            System.arraycopy(from, 0, values, 0, count);
        }
    }

    private void distribute(long[] from, long[] to, int count, int shift, int bits) {
        int mask = (1 << bits) - 1;
        Arrays.fill(places, 0);
        for (int i = 0; i < count; i++) {
            places[(int) (from[i] >>> shift) & mask]++;
        }
        int place = 0;
        for (int digit = 0; digit <= mask; digit++) {
            int here = places[digit];
            places[digit] = place;
            place += here;
        }
        for (int i = 0; i < count; i++) {
            to[places[(int) (from[i] >>> shift) & mask]++] = from[i];
        }
    }
}
