package io.orbitmq.benchmarks.store;

import io.orbitmq.foundation.time.Clock;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore;
import io.orbitmq.store.MessageStore.DurabilityListener;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Senders that each have one message on its way and send the next when it is safe, all on the calling thread, as the
 * connections of an event loop are.
 */
final class WaitingSenders implements DurabilityListener {

    private final MessageStore store;
    private final DraftSource drafts;
    private final Thread thread = Thread.currentThread();
    private final AtomicInteger idle;
    private volatile String lost = "";
    private int nextQueue;

    WaitingSenders(MessageStore store, int senders, DraftSource drafts) {
        this.store = store;
        this.drafts = drafts;
        this.idle = new AtomicInteger(senders);
    }

    /** Sends for so long; returns the number of messages. */
    long run(LogQueue[] queues, Clock clock, long nanos) {
        long end = clock.nanos() + nanos;
        long sent = 0;
        while (clock.nanos() < end) {
            int ready = idle.getAndSet(0);
            for (int i = 0; i < ready; i++) {
                send(queues[nextQueue++ % queues.length]);
            }
            sent += ready;
            if (ready > 0) {
                store.endTurn();
            } else {
                LockSupport.parkNanos(this, 1_000_000);
            }
        }
        return sent;
    }

    private void send(LogQueue queue) {
        AppendOutcome outcome = store.append(queue, drafts.next());
        if (!(outcome instanceof Appended appended) || !lost.isEmpty()) {
            throw new IllegalStateException("expected the store to take the message, found " + outcome + lost);
        }
        store.whenDurable(appended.endPosition(), this);
    }

    @Override
    public void durable() {
        if (idle.getAndIncrement() == 0) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void lost(String reason) {
        lost = reason;
    }
}
