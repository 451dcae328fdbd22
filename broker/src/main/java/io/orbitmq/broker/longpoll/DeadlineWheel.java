package io.orbitmq.broker.longpoll;

import io.orbitmq.broker.longpoll.HeldBag.Kind;
import io.orbitmq.foundation.time.Clock;
import java.util.function.Consumer;

/**
 * Held requests by the tick at which somebody has to look at them. As many slots as the longest wait has ticks, so that
 * a slot holds requests of one tick only. Each slot has its own lock; requests are put in and taken out by any thread,
 * {@link #turn} runs on one thread at a time.
 */
final class DeadlineWheel {

    private final Clock clock;
    private final long tickNanos;
    private final long longestWaitNanos;
    private final Slot[] slots;
    private long turnedThrough;

    DeadlineWheel(Clock clock, LongPollConfig config) {
        this.clock = clock;
        this.tickNanos = config.tick().toNanos();
        this.longestWaitNanos = config.visitInterval().toNanos();
        int ticks = (int) (longestWaitNanos / tickNanos) + 3;
        this.slots = new Slot[Integer.highestOneBit(ticks) * 2];
        this.turnedThrough = clock.nanos() / tickNanos - 1;
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new Slot(turnedThrough);
        }
    }

    /** Puts the request where its deadline falls, at most the longest wait from now. The caller has the queue's lock. */
    void add(HeldRequest request) {
        long now = clock.nanos();
        long wait = Math.max(0, Math.min(request.deadlineNanos() - now, longestWaitNanos));
        long tick = (now + wait + tickNanos - 1) / tickNanos;
        while (!slotOf(tick).addUnlessDrained(request, tick)) {
            tick++;
        }
    }

    /** Takes the request out if it is in. The caller has the queue's lock. */
    void remove(HeldRequest request) {
        slotOf(request.visitTick()).remove(request);
    }

    /** Hands out every request whose tick has come. */
    void turn(Consumer<HeldRequest> visitor) {
        long now = clock.nanos() / tickNanos;
        long first = Math.max(turnedThrough + 1, now - slots.length + 1);
        for (long tick = first; tick <= now; tick++) {
            for (HeldRequest request : slotOf(tick).drain(tick)) {
                visitor.accept(request);
            }
        }
        turnedThrough = Math.max(turnedThrough, now);
    }

    private Slot slotOf(long tick) {
        return slots[(int) (tick & (slots.length - 1))];
    }

    private static final class Slot {

        private final HeldBag bag = new HeldBag(Kind.TICK);
        private long drainedThrough;

        private Slot(long drainedThrough) {
            this.drainedThrough = drainedThrough;
        }

        private synchronized boolean addUnlessDrained(HeldRequest request, long tick) {
            if (tick <= drainedThrough) {
                return false;
            }
            request.setVisitTick(tick);
            bag.add(request);
            return true;
        }

        private synchronized void remove(HeldRequest request) {
            bag.remove(request);
        }

        private synchronized HeldRequest[] drain(long tick) {
            drainedThrough = tick;
            return bag.takeAll();
        }
    }
}
