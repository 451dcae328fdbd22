package io.orbitmq.store.index;

import java.lang.invoke.VarHandle;
import java.util.Arrays;

/** Tables of slabs that one thread makes longer while others read in them. */
final class SlabTables {

    private SlabTables() {}

    /**
     * Twice as long, with the same slabs. A reader may come by the new table before anything tells it of that; it finds
     * the slabs there, as it did in the old one.
     */
    static <T> T[] doubled(T[] slabs) {
        T[] longer = Arrays.copyOf(slabs, 2 * slabs.length);
        VarHandle.releaseFence();
        return longer;
    }

    /** A table of the same length with the first {@code count} slabs, to be used again. */
    static <T> T[] first(int count, T[] slabs) {
        T[] kept = slabs.clone();
        Arrays.fill(kept, count, kept.length, null);
        return kept;
    }
}
