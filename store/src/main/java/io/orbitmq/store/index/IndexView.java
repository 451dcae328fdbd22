package io.orbitmq.store.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the index consists of at a moment. Replaced as a whole; a reader that took the visible end first and the view
 * second finds every visible entry in it. Entries may be in two parts, never in none.
 *
 * @param active takes the additions
 * @param unwritten sealed but in no run yet, oldest first
 * @param written in a run already, kept because what is new is read most; at most one
 * @param runs oldest first
 */
record IndexView(
        QueueMemtable active, List<QueueMemtable> unwritten, List<QueueMemtable> written, List<QueueRun> runs) {

    IndexView {
        unwritten = List.copyOf(unwritten);
        written = List.copyOf(written);
        runs = List.copyOf(runs);
    }

    static IndexView of(QueueMemtable active, List<QueueRun> runs) {
        return new IndexView(active, List.of(), List.of(), runs);
    }

    /** The memtable of that generation, null when it is no longer here: what it and older ones had is in runs. */
    QueueMemtable memtable(int generation) {
        if (active.generation() == generation) {
            return active;
        }
        for (QueueMemtable table : unwritten) {
            if (table.generation() == generation) {
                return table;
            }
        }
        return !written.isEmpty() && written.get(0).generation() == generation ? written.get(0) : null;
    }

    /** Whether a run has the memtable's entries already. */
    boolean isInRuns(QueueMemtable table) {
        return written.contains(table);
    }

    /** The log from here on is in no run. */
    long startNotInRuns() {
        return (unwritten.isEmpty() ? active : unwritten.get(0)).startPosition();
    }

    IndexView sealed(QueueMemtable next) {
        return new IndexView(next, active.entryCount() > 0 ? joined(unwritten, active) : unwritten, written, runs);
    }

    /** The oldest unwritten memtable went to a run. */
    IndexView written(Optional<QueueRun> run) {
        return new IndexView(
                active,
                unwritten.subList(1, unwritten.size()),
                List.of(unwritten.get(0)),
                run.map(each -> joined(runs, each)).orElse(runs));
    }

    IndexView withRuns(List<QueueRun> others) {
        return new IndexView(active, unwritten, written, others);
    }

    private static <T> List<T> joined(List<T> all, T last) {
        List<T> joined = new ArrayList<>(all);
        joined.add(last);
        return joined;
    }
}
