package io.orbitmq.store.flush;

import io.orbitmq.store.MessageStore.DurabilityListener;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who waits for which end position, first come first served: positions are appended nearly in order, and a waiter behind
 * a later position is told with it. Safe for any thread; listeners are called without the lock.
 */
final class Waiters {

    private static final Logger LOG = LoggerFactory.getLogger(Waiters.class);
    private static final int FIRST_CAPACITY = 256;

    private long[] ends = new long[FIRST_CAPACITY];
    private DurabilityListener[] listeners = new DurabilityListener[FIRST_CAPACITY];
    private int head;
    private int count;
    private long safePosition;
    private String lostReason = "";

    Waiters(long safePosition) {
        this.safePosition = safePosition;
    }

    void add(long endPosition, DurabilityListener listener) {
        String lost;
        synchronized (this) {
            if (endPosition > safePosition && lostReason.isEmpty()) {
                put(endPosition, listener);
                return;
            }
            lost = endPosition <= safePosition ? "" : lostReason;
        }
        tell(listener, lost);
    }

    /** Everything before {@code position} is safe. */
    void complete(long position) {
        DurabilityListener[] batch;
        synchronized (this) {
            safePosition = Math.max(safePosition, position);
            batch = take(position);
        }
        for (DurabilityListener listener : batch) {
            tell(listener, "");
        }
    }

    /** Nothing more becomes safe. */
    void lose(String reason) {
        DurabilityListener[] batch;
        synchronized (this) {
            lostReason = reason;
            batch = take(Long.MAX_VALUE);
        }
        for (DurabilityListener listener : batch) {
            tell(listener, reason);
        }
    }

    private static void tell(DurabilityListener listener, String lost) {
        try {
            if (lost.isEmpty()) {
                listener.durable();
            } else {
                listener.lost(lost);
            }
        } catch (RuntimeException | Error e) {
            LOG.error("event=durability-listener-failed", e);
        }
    }

    private void put(long endPosition, DurabilityListener listener) {
        if (count == ends.length) {
            grow();
        }
        int at = (head + count) & (ends.length - 1);
        ends[at] = endPosition;
        listeners[at] = listener;
        count++;
    }

    private DurabilityListener[] take(long position) {
        int mask = ends.length - 1;
        int taken = 0;
        while (taken < count && ends[(head + taken) & mask] <= position) {
            taken++;
        }
        DurabilityListener[] batch = new DurabilityListener[taken];
        for (int i = 0; i < taken; i++) {
            int at = (head + i) & mask;
            batch[i] = listeners[at];
            listeners[at] = null;
        }
        head = (head + taken) & mask;
        count -= taken;
        return batch;
    }

    private void grow() {
        int capacity = ends.length;
        long[] moreEnds = Arrays.copyOf(ends, capacity * 2);
        DurabilityListener[] moreListeners = Arrays.copyOf(listeners, capacity * 2);
        // what wrapped to the front goes behind the old end
        System.arraycopy(ends, 0, moreEnds, capacity, head);
        System.arraycopy(listeners, 0, moreListeners, capacity, head);
        Arrays.fill(moreListeners, 0, head, null);
        ends = moreEnds;
        listeners = moreListeners;
    }
}
