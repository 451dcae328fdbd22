package io.orbitmq.store.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Finds the queues whose messages all lie before a log position. Background thread. */
final class EndingQueues {

    private final QueueRegistry registry;
    private final long minPosition;
    private final BitSet alive = new BitSet();
    private final PageWindow directory = new PageWindow();
    private final PageWindow entries = new PageWindow();
    private final EntryGroup group = new EntryGroup();

    EndingQueues(QueueRegistry registry, long minPosition) {
        this.registry = registry;
        this.minPosition = minPosition;
    }

    /** @param notInRuns memtables, all of whose entries lie at or after {@link #minPosition} */
    List<IndexedQueue> find(List<QueueRun> runs, List<QueueMemtable> notInRuns) throws IOException {
        for (QueueMemtable table : notInRuns) {
            table.forEachHeader(header -> alive.set(table.numberOf(header)));
        }
        for (QueueRun run : runs) {
            if (run.endPosition() > minPosition) {
                markAlive(run);
            }
        }
        List<IndexedQueue> ending = new ArrayList<>();
        registry.forEach(queue -> {
            if (!alive.get(queue.number()) && queue.maxOffset() > 0) {
                ending.add(queue);
            }
        });
        return ending;
    }

    private void markAlive(QueueRun run) throws IOException {
        boolean whole = run.startPosition() >= minPosition;
        NumberBitmap numbers = run.numbers();
        for (int number = numbers.next(0); number >= 0; number = numbers.next(number + 1)) {
            if (!whole && !alive.get(number)) {
                run.read(number, directory, entries, group);
            }
            if (whole || !alive.get(number) && group.position(group.count() - 1) >= minPosition) {
                alive.set(number);
            }
        }
    }
}
