package io.orbitmq.store.index;

import java.io.IOException;

/**
 * The entries of one queue inside one run. Narrow groups hold consecutive offsets, 20 bytes per entry; wide ones, where
 * the log has gaps, an offset with each entry, 28 bytes. Mutable, reused by one thread.
 *
 * <pre>
 * narrow entry: position 8 | tagsCode 8 | sizeBytes 4
 * wide entry:   offset 8 | position 8 | tagsCode 8 | sizeBytes 4
 * </pre>
 */
final class EntryGroup {

    static final int NARROW_BYTES = 20;
    static final int WIDE_BYTES = 28;

    private PageWindow window;
    private long firstOffset;
    private long endOffset;
    private long address;
    private long lengthBytes;
    private boolean wide;

    void set(PageWindow source, long first, long end, long groupAddress, long groupLength, boolean isWide) {
        window = source;
        firstOffset = first;
        endOffset = end;
        address = groupAddress;
        lengthBytes = groupLength;
        wide = isWide;
    }

    long firstOffset() {
        return firstOffset;
    }

    long endOffset() {
        return endOffset;
    }

    long address() {
        return address;
    }

    long lengthBytes() {
        return lengthBytes;
    }

    boolean isWide() {
        return wide;
    }

    PageWindow window() {
        return window;
    }

    long count() {
        return lengthBytes / entryBytes();
    }

    long offset(long index) throws IOException {
        return wide ? window.getLong(address + index * WIDE_BYTES) : firstOffset + index;
    }

    long position(long index) throws IOException {
        return window.getLong(fields(index));
    }

    long tagsCode(long index) throws IOException {
        return window.getLong(fields(index) + Long.BYTES);
    }

    int sizeBytes(long index) throws IOException {
        return window.getInt(fields(index) + 2 * Long.BYTES);
    }

    /** Index of the first entry at or after {@code offset}; {@link #count} when there is none. */
    long indexOfOffset(long offset) throws IOException {
        if (!wide) {
            return Math.max(0, Math.min(offset - firstOffset, count()));
        }
        long low = 0;
        long high = count();
        while (low < high) {
            long middle = low + high >>> 1;
            if (offset(middle) < offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Index of the first entry at or after a log position; {@link #count} when there is none. */
    long indexOfPosition(long logPosition) throws IOException {
        long low = 0;
        long high = count();
        while (low < high) {
            long middle = low + high >>> 1;
            if (position(middle) < logPosition) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int entryBytes() {
        return wide ? WIDE_BYTES : NARROW_BYTES;
    }

    private long fields(long index) {
        return address + index * entryBytes() + (wide ? Long.BYTES : 0);
    }
}
