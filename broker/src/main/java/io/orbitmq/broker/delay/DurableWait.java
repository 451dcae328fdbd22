package io.orbitmq.broker.delay;

import io.orbitmq.store.MessageStore.DurabilityListener;

/** Waits for a part of the log to be durable. Any thread. */
final class DurableWait implements DurabilityListener {

    private final Runnable then;
    private volatile boolean over;

    /** @param then run once; quick */
    DurableWait(Runnable then) {
        this.then = then;
    }

    boolean isOver() {
        return over;
    }

    @Override
    public void durable() {
        over = true;
        then.run();
    }

    /** The store is fenced: what is waited for never comes, and nothing can be appended either. */
    @Override
    public void lost(String reason) {}
}
