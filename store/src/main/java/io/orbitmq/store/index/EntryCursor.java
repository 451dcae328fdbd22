package io.orbitmq.store.index;

import java.io.IOException;

/**
 * Walks the entries of one queue in offset order, up to the visible end at the time it was made. Sequential steps do not
 * search again. Use: {@code while (cursor.next()) { ... cursor.position() ... }}.
 *
 * <p>Offsets normally follow each other; where the log has none (inner batches excepted, which have an entry per
 * message) the cursor goes on at the next offset there is. One thread at a time; needs no closing.
 */
public final class EntryCursor {

    private final QueueIndex index;
    private final IndexedQueue queue;
    private final long endOffset;
    private final boolean memoryOnly;

    private long wanted;
    private boolean needsDisk;
    private QueueMemtable memtable;
    private int chunk;
    private int indexInChunk;

    private long offset;
    private long position;
    private long tagsCode;
    private int sizeBytes;

    EntryCursor(QueueIndex index, IndexedQueue queue, long fromOffset, boolean memoryOnly) {
        this.index = index;
        this.queue = queue;
        this.endOffset = queue.maxOffset();
        this.wanted = Math.max(fromOffset, queue.minOffset());
        this.memoryOnly = memoryOnly;
    }

    /**
     * Moves to the next entry.
     *
     * @return false at the visible end, or when {@link #needsDisk} says so
     * @throws IOException when a run file cannot be read or is damaged
     */
    public boolean next() throws IOException {
        while (wanted < endOffset) {
            if (memtable != null && nextInMemtable()) {
                return true;
            }
            if (wanted >= endOffset || !locate()) {
                return false;
            }
        }
        return false;
    }

    /** Place in the queue of the current entry. */
    public long offset() {
        return offset;
    }

    /** Byte place of the record in the log. */
    public long position() {
        return position;
    }

    /** Size of the record. */
    public int sizeBytes() {
        return sizeBytes;
    }

    /** Hash of the tags, or what the topic stores in its place (protocol/03 section 7). */
    public long tagsCode() {
        return tagsCode;
    }

    /** True when {@link #next} stopped because the entry is on disk and the cursor is restricted to memory. */
    public boolean needsDisk() {
        return needsDisk;
    }

    private boolean nextInMemtable() {
        while (chunk != 0) {
            if (indexInChunk < memtable.used(chunk)) {
                offset = memtable.baseOffset(chunk) + indexInChunk;
                wanted = offset + 1;
                if (offset >= endOffset) {
                    return false;
                }
                int entry = memtable.entryAddress(chunk, indexInChunk++);
                position = memtable.position(entry);
                tagsCode = memtable.tagsCode(entry);
                sizeBytes = memtable.sizeBytes(entry);
                return true;
            }
            chunk = memtable.nextChunk(chunk);
            indexInChunk = 0;
        }
        memtable = null;
        return false;
    }

    /** Finds the part of the index that holds the first entry at or after {@link #wanted}. */
    private boolean locate() {
        QueueMemtable later = null;
        for (QueueMemtable each : index.view().memtablesNewestFirst()) {
            int header = each.headerOf(queue.number());
            if (header == 0) {
                continue;
            }
            if (each.firstOffset(header) <= wanted) {
                if (enter(each, header)) {
                    return true;
                }
                break;
            }
            later = each;
        }
        return later != null && enter(later, later.headerOf(queue.number()));
    }

    /** Stands before the first entry at or after {@link #wanted}; false when the memtable has none. */
    private boolean enter(QueueMemtable table, int header) {
        int at = table.chunkFor(header, wanted);
        long skip = Math.max(0, wanted - table.baseOffset(at));
        while (skip >= table.used(at)) {
            at = table.nextChunk(at);
            skip = 0;
            if (at == 0) {
                return false;
            }
        }
        memtable = table;
        chunk = at;
        indexInChunk = (int) skip;
        return true;
    }
}
