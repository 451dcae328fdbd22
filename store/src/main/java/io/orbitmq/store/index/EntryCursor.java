package io.orbitmq.store.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks the entries of one queue in offset order, up to the visible end at the time it was made. Sequential steps do not
 * search again. Use: {@code while (cursor.next()) { ... cursor.position() ... }}.
 *
 * <p>Offsets follow each other; where the log has a gap the cursor goes on at the next offset there is. One thread at a
 * time; sees merges and trims that happen meanwhile. To be closed: as long as one is open no memtable's memory is used
 * again.
 */
public final class EntryCursor implements AutoCloseable {

    private final QueueIndex index;
    private final IndexedQueue queue;
    private final long endOffset;
    private final boolean memoryOnly;

    private long wanted;
    private boolean needsDisk;
    private boolean closed;

    private QueueMemtable memtable;
    private int chunk;
    private int indexInChunk;

    private boolean inRun;
    private EntryGroup group;
    private CachedPages pages;
    private PageWindow window;
    private long indexInGroup;

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
        index.spare().enter();
    }

    /**
     * Moves to the next entry.
     *
     * @return false at the visible end, or when {@link #needsDisk} says so
     * @throws IOException when a run file cannot be read; a {@link DamagedIndexException} when it is not what was written
     */
    public boolean next() throws IOException {
        try {
            while (wanted < endOffset) {
                if (memtable == null && !inRun && !locate()) {
                    return false;
                }
                if (memtable != null ? nextInMemtable() : nextInRun()) {
                    return true;
                }
            }
            return false;
        } catch (PageNotInMemoryException e) {
            needsDisk = true;
            return false;
        } catch (RetiredRunException replaced) {
            if (index.isClosed()) {
                throw new IOException("the store was closed while queue " + queue + " was read", replaced);
            }
            inRun = false;
            wanted = Math.max(wanted, queue.minOffset());
            return next();
        } catch (DamagedIndexException e) {
            index.markDamaged(e);
            throw e;
        }
    }

    /** No entry may be asked for afterwards. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            index.spare().leave();
        }
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
                if (!accept(memtable.baseOffset(chunk) + indexInChunk)) {
                    return false;
                }
                position = memtable.position(chunk, indexInChunk);
                tagsCode = memtable.tagsCode(chunk, indexInChunk);
                sizeBytes = memtable.sizeBytes(chunk, indexInChunk++);
                return true;
            }
            chunk = memtable.nextChunk(chunk);
            indexInChunk = 0;
        }
        memtable = null;
        return false;
    }

    /** The offset is taken last: a run retired in between is left without skipping the entry. */
    private boolean nextInRun() throws IOException {
        if (indexInGroup < group.count()) {
            position = group.position(indexInGroup);
            tagsCode = group.tagsCode(indexInGroup);
            sizeBytes = group.sizeBytes(indexInGroup);
            return accept(group.offset(indexInGroup++));
        }
        inRun = false;
        return false;
    }

    /** Takes the offset as the current one unless it is not visible, which ends the walk. */
    private boolean accept(long candidate) {
        wanted = candidate + 1;
        if (candidate >= endOffset) {
            return false;
        }
        offset = candidate;
        return true;
    }

    /** Stands before the first entry at or after {@link #wanted}; false when there is none, or none within reach. */
    private boolean locate() throws IOException {
        // first the chunk, then the view: so the view has its memtable, unless a run has it
        MemtableWalk walk = new MemtableWalk(queue.newestChunkAcquire());
        IndexView view = index.view();
        int number = queue.number();
        QueueMemtable later = null;
        int newestOfLater = 0;
        while (walk.next(view)) {
            if (walk.firstOffset() <= wanted) {
                return enter(walk.table(), walk.newestChunk()) || later != null && enter(later, newestOfLater);
            }
            later = walk.table();
            newestOfLater = walk.newestChunk();
        }
        return enter(runsWith(number, view), number) || later != null && enter(later, newestOfLater);
    }

    private static List<QueueRun> runsWith(int number, IndexView view) {
        List<QueueRun> runs = new ArrayList<>();
        for (QueueRun run : view.runs()) {
            if (run.contains(number)) {
                runs.add(run);
            }
        }
        return runs;
    }

    private boolean enter(QueueMemtable table, int newestChunk) {
        int at = table.chunkFor(newestChunk, wanted);
        if (at == 0) {
            return false;
        }
        memtable = table;
        chunk = at;
        indexInChunk = (int) Math.max(0, wanted - table.baseOffset(at));
        return true;
    }

    /** Searches runs that all have the queue; their first offsets ascend. */
    private boolean enter(List<QueueRun> runs, int number) throws IOException {
        if (runs.isEmpty()) {
            return false;
        }
        if (group == null) {
            group = new EntryGroup();
            pages = new CachedPages(index.pages(), memoryOnly);
            window = new PageWindow(pages);
        }
        int low = 0;
        int high = runs.size() - 1;
        while (low < high) {
            int middle = low + high + 1 >>> 1;
            runs.get(middle).read(number, window, window, group);
            if (group.firstOffset() <= wanted) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        for (int at = low; at < runs.size(); at++) {
            runs.get(at).read(number, window, window, group);
            if (group.endOffset() > wanted) {
                pages.expectUpTo(group.address() + group.lengthBytes());
                indexInGroup = group.indexOfOffset(wanted);
                inRun = true;
                return true;
            }
        }
        return false;
    }
}
