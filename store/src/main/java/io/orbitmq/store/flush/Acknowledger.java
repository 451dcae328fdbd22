package io.orbitmq.store.flush;

import io.orbitmq.store.MessageStore.ArrivalListener;
import io.orbitmq.store.MessageStore.DurabilityListener;
import io.orbitmq.store.index.IndexedQueue;
import io.orbitmq.store.index.QueueIndex;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the world what is safe: first messages become visible and their arrival is told, then those who wait are told.
 * Any thread may say how far the log is safe; one at a time does the telling, the others leave it their news.
 */
public final class Acknowledger {

    private static final Logger LOG = LoggerFactory.getLogger(Acknowledger.class);

    private final QueueIndex index;
    private final PendingArrivals pending;
    private final Waiters waiters;
    private final AtomicLong safePosition;
    private final AtomicInteger news = new AtomicInteger();
    private final PendingArrivals.Sink show = this::show;
    private final PendingArrivals.Sink tell = this::tell;
    private volatile ArrivalListener listener = (queue, offset, tagsCode) -> {};

    public Acknowledger(QueueIndex index, PendingArrivals pending, Fence fence, long endPosition) {
        this.index = index;
        this.pending = pending;
        this.waiters = new Waiters(endPosition);
        this.safePosition = new AtomicLong(endPosition);
        fence.onClose(waiters::lose);
    }

    /** The one listener told of arrivals. */
    public void onArrival(ArrivalListener arrivalListener) {
        listener = arrivalListener;
    }

    /** Tells {@code waiter} when everything before {@code endPosition} is safe. */
    public void whenSafe(long endPosition, DurabilityListener waiter) {
        waiters.add(endPosition, waiter);
    }

    public long safePosition() {
        return safePosition.get();
    }

    /** Everything before {@code position} is safe now. */
    void advance(long position) {
        if (safePosition.get() >= position) {
            return;
        }
        safePosition.accumulateAndGet(position, Math::max);
        if (news.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        try {
            do {
                long upTo = safePosition.get();
                pending.forEach(upTo, show);
                VarHandle.fullFence();
                pending.drain(upTo, tell);
                waiters.complete(upTo);
                seen = news.addAndGet(-seen);
            } while (seen != 0);
        } finally {
            if (seen != 0) {
                // something was thrown: the next news are told, and these with them
                news.set(0);
            }
        }
    }

    private void show(IndexedQueue queue, long offset, long tagsCode) {
        index.publish(queue, offset + 1);
    }

    private void tell(IndexedQueue queue, long offset, long tagsCode) {
        if (queue.isStateQueue()) {
            return;
        }
        try {
            listener.arrived(queue, offset, tagsCode);
        } catch (RuntimeException | Error e) {
            LOG.error("event=arrival-listener-failed queue={} offset={}", queue, offset, e);
        }
    }
}
