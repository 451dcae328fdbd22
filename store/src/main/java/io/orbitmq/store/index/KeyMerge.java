package io.orbitmq.store.index;

import java.io.IOException;
import java.util.List;

/** Merges key runs that follow each other in the log; what lies before the log's beginning is left out. */
final class KeyMerge {

    private final List<KeyRun> oldestFirst;
    private final PageWindow[] windows;
    private final long[] next;
    private final long[] hashes;

    KeyMerge(List<KeyRun> oldestFirst) throws IOException {
        this.oldestFirst = oldestFirst;
        this.windows = new PageWindow[oldestFirst.size()];
        this.next = new long[oldestFirst.size()];
        this.hashes = new long[oldestFirst.size()];
        for (int i = 0; i < windows.length; i++) {
            windows[i] = new PageWindow();
            load(i);
        }
    }

    void writeTo(KeyRunWriter target, long minPosition) throws IOException {
        for (int source = smallest(); source >= 0; source = smallest()) {
            KeyRun run = oldestFirst.get(source);
            long position = run.position(windows[source], next[source]);
            if (position >= minPosition) {
                target.add(hashes[source], position, run.seconds(windows[source], next[source]));
            }
            next[source]++;
            load(source);
        }
    }

    /** The run whose next entry comes first, the older of equals; -1 at the end. */
    private int smallest() {
        int best = -1;
        long bestOrder = Long.MAX_VALUE;
        for (int i = 0; i < hashes.length; i++) {
            if (next[i] < oldestFirst.get(i).entryCount() && KeyHash.order(hashes[i]) < bestOrder) {
                best = i;
                bestOrder = KeyHash.order(hashes[i]);
            }
        }
        return best;
    }

    private void load(int source) throws IOException {
        KeyRun run = oldestFirst.get(source);
        if (next[source] < run.entryCount()) {
            hashes[source] = run.hash(windows[source], next[source]);
        }
    }
}
