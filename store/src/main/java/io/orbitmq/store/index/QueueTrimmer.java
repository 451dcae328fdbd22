package io.orbitmq.store.index;

import java.io.IOException;
import java.util.function.Supplier;

/** Finds the queues' new min offsets when the log's beginning moves. Background thread. */
final class QueueTrimmer {

    private final QueueRegistry registry;
    private final long minPosition;
    private final PageWindow directory = new PageWindow();
    private final PageWindow entries = new PageWindow();
    private final EntryGroup group = new EntryGroup();
    private final ChunkList chunks = new ChunkList();

    /** @param minPosition first byte of the log */
    QueueTrimmer(QueueRegistry registry, long minPosition) {
        this.registry = registry;
        this.minPosition = minPosition;
    }

    /**
     * Moves the min offsets; {@code bounds} hears of them.
     *
     * @param view the newest one, whose runs stay as they are meanwhile
     */
    void trim(Supplier<IndexView> view, JournalBatch bounds) throws IOException {
        IndexView current = view.get();
        for (QueueRun run : current.runs()) {
            if (run.startPosition() < minPosition) {
                trim(run, bounds);
            }
        }
        if (current.startNotInRuns() < minPosition) {
            registry.forEach(queue -> trimInMemory(queue, view));
        }
    }

    private void trim(QueueRun run, JournalBatch bounds) throws IOException {
        NumberBitmap numbers = run.numbers();
        for (int number = numbers.next(0); number >= 0; number = numbers.next(number + 1)) {
            IndexedQueue queue = registry.byNumber(number);
            if (queue == null) {
                continue;
            }
            run.read(number, directory, entries, group);
            if (queue.minOffset() < group.endOffset()) {
                long min = firstKept(run, queue);
                if (min > queue.minOffset()) {
                    queue.setMinOffset(min);
                }
            }
            // also a bound that was moved before, in a trim whose journal could not be written
            long told = Math.min(queue.minOffset(), group.endOffset());
            if (told > group.firstOffset()) {
                bounds.bounds(number, told, told);
            }
        }
    }

    private long firstKept(QueueRun run, IndexedQueue queue) throws IOException {
        long count = group.count();
        if (run.endPosition() <= minPosition || group.position(count - 1) < minPosition) {
            return group.endOffset();
        }
        long index = group.indexOfOffset(queue.minOffset());
        if (group.position(index) < minPosition) {
            index = group.indexOfPosition(minPosition);
        }
        return group.offset(index);
    }

    /** The journal does not hear of it: after a restart the entries are added again, or are in a run trimmed above. */
    private void trimInMemory(IndexedQueue queue, Supplier<IndexView> view) {
        long visibleEnd = queue.maxOffset();
        MemtableWalk walk = new MemtableWalk(queue.newestChunkAcquire());
        IndexView current = view.get();
        while (walk.next(current) && !current.isInRuns(walk.table())) {
            if (walk.table().startPosition() < minPosition) {
                chunks.take(walk.table(), walk.newestChunk());
                long min = firstKept(walk.table(), visibleEnd);
                if (min > queue.minOffset()) {
                    queue.setMinOffset(min);
                }
            }
        }
    }

    /** Offset of the first visible entry at or after {@link #minPosition}, else the end of those; -1 if none is visible. */
    private long firstKept(QueueMemtable table, long visibleEnd) {
        long end = -1;
        for (int i = 0; i < chunks.size(); i++) {
            int chunk = chunks.chunk(i);
            long base = table.baseOffset(chunk);
            int visible = (int) Math.min(table.used(chunk), visibleEnd - base);
            if (visible <= 0) {
                break;
            }
            if (table.position(chunk, visible - 1) >= minPosition) {
                int at = 0;
                while (table.position(chunk, at) < minPosition) {
                    at++;
                }
                return base + at;
            }
            end = base + visible;
        }
        return end;
    }
}
