package io.orbitmq.store.index;

import java.util.ArrayList;
import java.util.List;

/**
 * What the index consists of at a moment. Replaced as a whole; a reader that took the visible end first and the view
 * second finds every visible entry in it.
 *
 * @param active takes the additions
 * @param frozenOldestFirst sealed, not yet readable from a run
 */
record IndexView(QueueMemtable active, List<QueueMemtable> frozenOldestFirst) {

    IndexView {
        frozenOldestFirst = List.copyOf(frozenOldestFirst);
    }

    List<QueueMemtable> memtablesNewestFirst() {
        if (frozenOldestFirst.isEmpty()) {
            return List.of(active);
        }
        List<QueueMemtable> all = new ArrayList<>(frozenOldestFirst.size() + 1);
        all.add(active);
        for (int i = frozenOldestFirst.size() - 1; i >= 0; i--) {
            all.add(frozenOldestFirst.get(i));
        }
        return all;
    }

    IndexView sealed(QueueMemtable next) {
        List<QueueMemtable> frozen = new ArrayList<>(frozenOldestFirst);
        if (active.entryCount() > 0) {
            frozen.add(active);
        }
        return new IndexView(next, frozen);
    }
}
