package io.orbitmq.store.index;

/**
 * How the entries of a group are laid out; its place in this list stands in run files. A group takes the first form that
 * fits all its entries.
 *
 * <pre>
 * compact entry: position 5 | sizeBytes 3 | tagsCode 4              consecutive offsets; positions of one TiB
 * narrow entry:  position 8 | tagsCode 8 | sizeBytes 4              consecutive offsets
 * wide entry:    offset 8 | position 8 | tagsCode 8 | sizeBytes 4   offsets with gaps
 * </pre>
 *
 * A compact position lacks its upper 24 bits, which are those of the position where the run or memtable starts.
 */
enum EntryForm {
    COMPACT(12),
    NARROW(20),
    WIDE(28);

    private static final int SIZE_BITS = 24;
    private static final int POSITION_BITS = 40;
    private static final EntryForm[] ALL = values();

    private final int bytes;

    EntryForm(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of an entry. */
    int bytes() {
        return bytes;
    }

    static EntryForm of(int place) {
        return ALL[place];
    }

    EntryForm orWider(EntryForm other) {
        return ordinal() >= other.ordinal() ? this : other;
    }

    /** The upper bits that positions lack in what starts at {@code startPosition}. */
    static long base(long startPosition) {
        return startPosition >>> POSITION_BITS << POSITION_BITS;
    }

    /** Whether an entry can be compact where positions have this base. */
    static boolean isCompact(long base, long position, int sizeBytes, long tagsCode) {
        return base(position) == base && sizeBytes >>> SIZE_BITS == 0 && tagsCode == (int) tagsCode;
    }

    /** Position and size of a compact entry. */
    static long place(long position, int sizeBytes) {
        return position << SIZE_BITS | sizeBytes;
    }

    static long position(long base, long place) {
        return base | place >>> SIZE_BITS;
    }

    static int sizeBytes(long place) {
        return (int) place & (1 << SIZE_BITS) - 1;
    }
}
