package io.orbitmq.store.index;

/**
 * Entries that are a chunk of their own, one behind the other in the order of the log, whatever their queues: so adding to
 * one of very many queues touches nothing that was written long ago. Entries have {@link EntryForm#COMPACT} content.
 *
 * <pre>
 * queue number 4 | tagsCode 4
 * place before   8             of the queue's chunk before, in this memtable or an older one, see {@link ChunkPlace}
 * offset         8
 * place          8             position and size
 * </pre>
 *
 * They are named by 1, 2, 3... One thread writes; others read what they learnt of through a release/acquire pair.
 */
final class LoneEntries {

    private static final int LONGS = 4;
    private static final int SLAB_BITS = 13;
    private static final int SLAB_ENTRIES = 1 << SLAB_BITS;

    private long[][] slabs;
    private int count;

    LoneEntries() {
        this(new long[8][]);
    }

    private LoneEntries(long[][] slabs) {
        this.slabs = slabs;
    }

    /** New ones in the memory of these, which nobody uses any more. */
    LoneEntries successors() {
        return new LoneEntries(SlabTables.first(slabCount(), slabs));
    }

    /** Bytes taken so far. */
    long sizeBytes() {
        return (long) slabCount() * SLAB_ENTRIES * LONGS * Long.BYTES;
    }

    /** The name of the last one. */
    int count() {
        return count;
    }

    /** Adds an entry and gives its name. */
    int add(int number, long before, long offset, long place, int tagsCode) {
        int slab = count >>> SLAB_BITS;
        if (slab == slabs.length) {
            slabs = SlabTables.doubled(slabs);
        }
        if (slabs[slab] == null) {
            slabs[slab] = new long[SLAB_ENTRIES * LONGS];
        }
        int at = at(++count);
        long[] entries = slabs[slab];
        entries[at] = (long) number << Integer.SIZE | tagsCode & 0xFFFFFFFFL;
        entries[at + 1] = before;
        entries[at + 2] = offset;
        entries[at + 3] = place;
        return count;
    }

    /** Looks at the memory of the next {@code entries}, as far as it lies behind the last one; gives what was seen there. */
    int look(int entries) {
        int seen = 0;
        int slab = count >>> SLAB_BITS;
        if (slab < slabs.length && slabs[slab] != null) {
            int from = at(count + 1);
            int end = Math.min(SLAB_ENTRIES * LONGS, from + entries * LONGS);
            for (int i = from; i < end; i += LONGS) {
                seen += (int) slabs[slab][i];
            }
        }
        return seen;
    }

    int number(int entry) {
        return (int) (get(entry, 0) >>> Integer.SIZE);
    }

    int tagsCode(int entry) {
        return (int) get(entry, 0);
    }

    long before(int entry) {
        return get(entry, 1);
    }

    long offset(int entry) {
        return get(entry, 2);
    }

    long place(int entry) {
        return get(entry, 3);
    }

    private int slabCount() {
        return count + SLAB_ENTRIES - 1 >>> SLAB_BITS;
    }

    private long get(int entry, int field) {
        return slabs[entry - 1 >>> SLAB_BITS][at(entry) + field];
    }

    private static int at(int entry) {
        return (entry - 1 & SLAB_ENTRIES - 1) * LONGS;
    }
}
