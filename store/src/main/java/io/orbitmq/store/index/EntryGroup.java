package io.orbitmq.store.index;

import java.io.IOException;

/** The entries of one queue inside one run, in one {@link EntryForm}. Mutable, reused by one thread. */
final class EntryGroup {

    private PageWindow window;
    private long positionBase;
    private long firstOffset;
    private long address;
    private EntryForm form = EntryForm.COMPACT;
    private long count;

    void set(PageWindow source, long base, long first, long groupAddress, long lengthBytes, EntryForm groupForm) {
        window = source;
        positionBase = base;
        firstOffset = first;
        address = groupAddress;
        form = groupForm;
        count = lengthBytes / groupForm.bytes();
    }

    long firstOffset() {
        return firstOffset;
    }

    /** One past the last offset. */
    long endOffset() throws IOException {
        return form == EntryForm.WIDE ? offset(count - 1) + 1 : firstOffset + count;
    }

    long address() {
        return address;
    }

    long lengthBytes() {
        return count * form.bytes();
    }

    EntryForm form() {
        return form;
    }

    /** The upper bits of compact positions. */
    long positionBase() {
        return positionBase;
    }

    PageWindow window() {
        return window;
    }

    long count() {
        return count;
    }

    long offset(long index) throws IOException {
        return form == EntryForm.WIDE ? window.getLong(address + index * form.bytes()) : firstOffset + index;
    }

    long position(long index) throws IOException {
        long at = window.getLong(fields(index));
        return form == EntryForm.COMPACT ? EntryForm.position(positionBase, at) : at;
    }

    long tagsCode(long index) throws IOException {
        long at = fields(index) + Long.BYTES;
        return form == EntryForm.COMPACT ? window.getInt(at) : window.getLong(at);
    }

    int sizeBytes(long index) throws IOException {
        long at = fields(index);
        return form == EntryForm.COMPACT ? EntryForm.sizeBytes(window.getLong(at)) : window.getInt(at + 2 * Long.BYTES);
    }

    /** Index of the first entry at or after {@code offset}; {@link #count} when there is none. */
    long indexOfOffset(long offset) throws IOException {
        if (form != EntryForm.WIDE) {
            return Math.max(0, Math.min(offset - firstOffset, count));
        }
        long low = 0;
        long high = count;
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
        long high = count;
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

    private long fields(long index) {
        return address + index * form.bytes() + (form == EntryForm.WIDE ? Long.BYTES : 0);
    }
}
