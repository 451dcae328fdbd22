package io.orbitmq.broker.longpoll;

import io.orbitmq.broker.longpoll.HeldBag.Kind;
import io.orbitmq.store.LogQueue;
import java.util.function.Predicate;

/**
 * The requests that wait for one queue index. Its lock also covers their standing in the wheel, so that a request is in
 * both or in neither. {@link #isEmpty} is read without the lock by every arrival.
 */
final class QueueWaiters {

    private final DeadlineWheel wheel;
    private final HeldBag bag = new HeldBag(Kind.QUEUE);
    private volatile int size;

    QueueWaiters(DeadlineWheel wheel) {
        this.wheel = wheel;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Lets the request wait, unless somebody claimed it before it got here. */
    synchronized void add(HeldRequest request) {
        if (!request.isClaimed()) {
            wheel.add(request);
            bag.add(request);
            size = bag.size();
        }
    }

    /** After the wheel handed it out: puts it back for another look. */
    synchronized void visitAgainLater(HeldRequest request) {
        if (!request.isClaimed()) {
            wheel.add(request);
        }
    }

    /** Takes out a request that the caller has claimed. */
    synchronized void remove(HeldRequest request) {
        takeOut(request);
    }

    /** Claims and takes out those that want the arrived message; returns them chained, null for none. */
    synchronized HeldRequest takeThoseWanting(LogQueue queue, long offset, long tagsCode) {
        HeldRequest chain = null;
        for (int i = bag.size() - 1; i >= 0; i--) {
            HeldRequest request = bag.get(i);
            if (request.wants(queue, offset, tagsCode) && request.claim()) {
                takeOut(request);
                request.setNextWoken(chain);
                chain = request;
            }
        }
        return chain;
    }

    /** Claims and takes out those that {@code chosen} holds for; returns them chained, null for none. */
    synchronized HeldRequest takeIf(Predicate<HeldRequest> chosen) {
        HeldRequest chain = null;
        for (int i = bag.size() - 1; i >= 0; i--) {
            HeldRequest request = bag.get(i);
            if (chosen.test(request) && request.claim()) {
                takeOut(request);
                request.setNextWoken(chain);
                chain = request;
            }
        }
        return chain;
    }

    private void takeOut(HeldRequest request) {
        if (bag.remove(request)) {
            wheel.remove(request);
            size = bag.size();
        }
    }
}
