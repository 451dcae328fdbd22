package io.orbitmq.store.index;

import java.io.IOException;
import java.util.List;

/**
 * Merges key runs that follow each other in the log; what lies before the log's beginning is left out. A heap tells the
 * run whose next entry comes first, the older of equals.
 */
final class KeyMerge {

    private static final int SOURCE_BITS = 8;

    private final List<KeyRun> oldestFirst;
    private final PageWindow[] windows;
    private final long[] next;
    /** Order of a run's next entry, then the run. */
    private final long[] heap;

    private int heapSize;

    KeyMerge(List<KeyRun> oldestFirst) throws IOException {
        if (oldestFirst.size() > 1 << SOURCE_BITS) {
            throw new IllegalArgumentException(
                    "expected at most " + (1 << SOURCE_BITS) + " runs to merge, found " + oldestFirst.size());
        }
        this.oldestFirst = oldestFirst;
        this.windows = new PageWindow[oldestFirst.size()];
        this.next = new long[oldestFirst.size()];
        this.heap = new long[oldestFirst.size()];
        for (int i = windows.length - 1; i >= 0; i--) {
            windows[i] = PageWindow.readingAhead();
            if (oldestFirst.get(i).entryCount() > 0) {
                heap[heapSize++] = headOf(i);
            }
        }
        for (int i = heapSize / 2 - 1; i >= 0; i--) {
            sink(i);
        }
    }

    void writeTo(KeyRunWriter target, long minPosition) throws IOException {
        while (heapSize > 0) {
            int source = (int) heap[0] & (1 << SOURCE_BITS) - 1;
            KeyRun run = oldestFirst.get(source);
            long first = run.first(windows[source], next[source]);
            long second = run.second(windows[source], next[source]);
            if (KeyEntry.position(first, second) >= minPosition) {
                target.add(first, second);
            }
            heap[0] = ++next[source] < run.entryCount() ? headOf(source) : heap[--heapSize];
            sink(0);
        }
    }

    private long headOf(int source) throws IOException {
        long first = oldestFirst.get(source).first(windows[source], next[source]);
        return KeyHash.order(first) << SOURCE_BITS | source;
    }

    private void sink(int from) {
        long sinking = heap[from];
        int at = from;
        for (int child = 2 * at + 1; child < heapSize; child = 2 * at + 1) {
            if (child + 1 < heapSize && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= sinking) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = sinking;
    }
}
