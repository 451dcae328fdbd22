package io.orbitmq.broker.delay;

import java.util.Arrays;

/**
 * The messages that are due soonest, in memory: all that wait up to a bound (the cover), and none behind it; those are
 * found in the queue index when their time is near. Never more than twice its capacity: then the later half is let go
 * and the bound comes nearer.
 *
 * <p>Threads: {@link #offer} by whoever appends; the rest by the delay thread. Between them stands the inbox, guarded by
 * this.
 */
final class TimerWindow {

    private static final int FIELDS = 3;

    private final int capacity;
    private final DueHeap heap = new DueHeap();

    private long[] inbox;
    private int inboxSize;
    private boolean overflowed;
    private long coverDueMs = Long.MIN_VALUE;
    private long coverOffset = Long.MAX_VALUE;

    /** @param capacity messages, 24 bytes each */
    TimerWindow(int capacity) {
        this.capacity = capacity;
        this.inbox = new long[Math.min(1024, capacity) * FIELDS];
    }

    /** Takes a new message if it is due within the cover; otherwise the index has it. */
    synchronized boolean offer(long dueMs, long offset, long position) {
        if (!covers(dueMs, offset)) {
            return false;
        }
        if (inboxSize == 2 * capacity) {
            overflowed = true;
            return true;
        }
        if (inboxSize * FIELDS == inbox.length) {
            inbox = Arrays.copyOf(inbox, Math.min(2 * inbox.length, 2 * capacity * FIELDS));
        }
        int at = inboxSize++ * FIELDS;
        inbox[at] = dueMs;
        inbox[at + 1] = offset;
        inbox[at + 2] = position;
        return true;
    }

    /** Brings what was offered into the order. */
    synchronized void takeIn() {
        for (int i = 0; i < inboxSize; i++) {
            if (covers(inbox[i * FIELDS], inbox[i * FIELDS + 1])) {
                heap.add(inbox[i * FIELDS], inbox[i * FIELDS + 1], inbox[i * FIELDS + 2]);
            }
        }
        inboxSize = 0;
        cut();
    }

    /** Whether more was offered than there is room for: begin anew. */
    synchronized boolean hasOverflowed() {
        return overflowed;
    }

    /** Empties the window; from now on every message is taken, whatever its time, until {@link #cover}. */
    synchronized void restart() {
        heap.clear();
        inboxSize = 0;
        overflowed = false;
        coverDueMs = Long.MAX_VALUE;
        coverOffset = Long.MAX_VALUE;
    }

    /** From now on all up to and including this time are taken. Loading what came before is the caller's part. */
    synchronized void cover(long dueMs) {
        coverDueMs = dueMs;
        coverOffset = Long.MAX_VALUE;
    }

    /** A message of the index. */
    void load(long dueMs, long offset, long position) {
        heap.add(dueMs, offset, position);
        if (heap.size() >= 2 * capacity) {
            cut();
        }
    }

    /** Whether the window holds a message of that time and place, if there is one. */
    synchronized boolean covers(long dueMs, long offset) {
        return dueMs < coverDueMs || dueMs == coverDueMs && offset <= coverOffset;
    }

    /** End of the cover. */
    synchronized long coverDueMs() {
        return coverDueMs;
    }

    /** Last offset covered of the messages due exactly at the cover's end; all of them for {@code Long.MAX_VALUE}. */
    synchronized long coverOffset() {
        return coverOffset;
    }

    boolean hasRoom() {
        return heap.size() < capacity;
    }

    DueHeap heap() {
        return heap;
    }

    private synchronized void cut() {
        if (heap.size() < 2 * capacity) {
            return;
        }
        long[] kept = new long[capacity * FIELDS];
        for (int i = 0; i < capacity; i++) {
            kept[i * FIELDS] = heap.dueMs();
            kept[i * FIELDS + 1] = heap.offset();
            kept[i * FIELDS + 2] = heap.position();
            heap.removeFirst();
        }
        heap.clear();
        for (int i = 0; i < capacity; i++) {
            heap.add(kept[i * FIELDS], kept[i * FIELDS + 1], kept[i * FIELDS + 2]);
        }
        coverDueMs = kept[(capacity - 1) * FIELDS];
        coverOffset = kept[(capacity - 1) * FIELDS + 1];
    }
}
