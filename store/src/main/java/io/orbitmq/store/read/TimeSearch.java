package io.orbitmq.store.read;

import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.MessageStore.TimeBoundary;
import io.orbitmq.store.index.EntryCursor;
import io.orbitmq.store.index.IndexedQueue;
import io.orbitmq.store.index.QueueIndex;
import java.io.IOException;

/**
 * Finds offsets by store time (protocol/05 section 5): store times never decrease along a queue, so the search halves.
 * Used once, by one thread.
 */
final class TimeSearch {

    private final QueueIndex index;
    private final IndexedQueue queue;
    private final RecordSource source;

    TimeSearch(QueueIndex index, IndexedQueue queue, RecordSource source) {
        this.index = index;
        this.queue = queue;
        this.source = source;
    }

    /** Store time of the first message at or after {@code offset}; -1 when there is none. */
    long timestampAt(long offset) throws IOException {
        try (EntryCursor entry = index.entries(queue, offset)) {
            return entry.next() && source.load(entry.position(), entry.sizeBytes())
                    ? MessageRecord.storeTimestamp(source.record(), 0)
                    : -1;
        }
    }

    long offsetOf(long timestampMs, TimeBoundary boundary) throws IOException {
        long min = queue.minOffset();
        long max = queue.maxOffset();
        if (min >= max) {
            return boundary == TimeBoundary.LOWER ? min : Math.max(0, max - 1);
        }
        if (boundary == TimeBoundary.LOWER) {
            return firstAtOrAfter(timestampMs, min, max);
        }
        long after = timestampMs == Long.MAX_VALUE ? max : firstAtOrAfter(timestampMs + 1, min, max);
        return after == min ? 0 : after - 1;
    }

    /** Smallest offset in [min, max) whose message is not older than {@code timestampMs}; max when all are. */
    private long firstAtOrAfter(long timestampMs, long min, long max) throws IOException {
        long low = min;
        long high = max;
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (timestampAt(middle) < timestampMs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
