package io.orbitmq.store.index;

/**
 * Goes over the memtables that have entries of one queue, newest first, along its chunks. Use: {@code while
 * (walk.next(view)) { ... walk.table() ... }}, the view taken after the place. One thread.
 */
final class MemtableWalk {

    private long place;
    private QueueMemtable table;
    private int newestChunk;
    private int firstChunk;

    /** @param newest {@link ChunkPlace} of the queue's newest chunk */
    MemtableWalk(long newest) {
        this.place = newest;
    }

    /** Moves to the next older memtable with entries of the queue; false when the view has none. */
    boolean next(IndexView view) {
        table = place == ChunkPlace.NONE ? null : view.memtable(ChunkPlace.generation(place));
        if (table == null) {
            return false;
        }
        newestChunk = ChunkPlace.address(place);
        firstChunk = table.firstChunk(newestChunk);
        place = table.before(firstChunk);
        return true;
    }

    QueueMemtable table() {
        return table;
    }

    /** The queue's newest chunk there. */
    int newestChunk() {
        return newestChunk;
    }

    /** The queue's first offset there. */
    long firstOffset() {
        return table.baseOffset(firstChunk);
    }
}
