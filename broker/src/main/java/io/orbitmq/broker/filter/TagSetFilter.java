package io.orbitmq.broker.filter;

import io.orbitmq.store.ReadRequest.RecordFilter;
import java.util.Arrays;

/**
 * Passes messages whose tag hash is in a set. An open-addressing table of ints, at most half full, so that a look-up
 * reads one or two neighbouring words. Immutable.
 */
final class TagSetFilter implements RecordFilter {

    private static final int SPREAD = 0x9E3779B9;

    private final int[] table;
    private final int shift;
    private final boolean hasZero;

    private TagSetFilter(int[] table, boolean hasZero) {
        this.table = table;
        this.shift = Integer.SIZE - Integer.numberOfTrailingZeros(table.length);
        this.hasZero = hasZero;
    }

    static TagSetFilter of(int... codes) {
        int[] table = new int[Integer.highestOneBit(Math.max(1, codes.length)) * 4];
        TagSetFilter filter = new TagSetFilter(table, Arrays.stream(codes).anyMatch(code -> code == 0));
        for (int code : codes) {
            if (code != 0) {
                table[filter.placeOf(code)] = code;
            }
        }
        return filter;
    }

    /** The index entry's low 32 bits are the tag's hash; 0 stands for no tag (protocol/09 section 1.2). */
    @Override
    public boolean mayMatch(long tagsCode) {
        int code = (int) tagsCode;
        return code == 0 ? hasZero : table[placeOf(code)] == code;
    }

    /** Where {@code code} stands or would stand. */
    private int placeOf(int code) {
        int mask = table.length - 1;
        int place = (code * SPREAD) >>> shift;
        while (table[place] != 0 && table[place] != code) {
            place = (place + 1) & mask;
        }
        return place;
    }
}
