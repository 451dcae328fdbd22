package io.orbitmq.store.index;

import java.util.BitSet;

/** Collects queue numbers for a {@link NumberBitmap}. */
final class BitmapBuilder {

    private final BitSet bits = new BitSet();

    void add(int number) {
        bits.set(number);
    }

    NumberBitmap build() {
        int first = Math.max(0, bits.nextSetBit(0)) & ~63;
        int length = Math.max(0, bits.length() - first);
        return new NumberBitmap(first, bits.get(first, first + length).toLongArray());
    }
}
