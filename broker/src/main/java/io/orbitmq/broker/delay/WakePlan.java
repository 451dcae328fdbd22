package io.orbitmq.broker.delay;

import io.orbitmq.foundation.schedule.NextRun;
import io.orbitmq.foundation.schedule.Scheduler;
import io.orbitmq.foundation.time.Clock;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * When each lane wants to run, and one task of the scheduler for the earliest of them. Safe for any thread; a wish later
 * than the planned wake-up costs a comparison.
 */
final class WakePlan {

    /** Less is the clocks' own jitter. */
    private static final long SET_BACK_MS = 20;

    private static final long STOP_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Clock clock;
    private final Runnable run;
    private final NextRun next;
    private long[] wishes = new long[0];
    private long lastMs;
    private long lastNanos;
    private boolean running;
    private boolean stopped;

    /**
     * @param run the machine's turn
     * @param maxSleepMs longest time between two turns while any lane has a wish
     */
    WakePlan(Scheduler scheduler, Clock clock, Runnable run, long maxSleepMs) {
        this.clock = clock;
        this.run = run;
        this.next = new NextRun(scheduler, clock, maxSleepMs, this::turn);
        this.lastMs = clock.epochMs();
        this.lastNanos = clock.nanos();
    }

    synchronized void lanes(int count) {
        wishes = new long[count];
        Arrays.fill(wishes, Lane.NEVER);
    }

    /** The lane wants to run at that time, or earlier if it said so before. */
    synchronized void wake(int lane, long dueMs) {
        if (dueMs < wishes[lane]) {
            wishes[lane] = dueMs;
            plan(dueMs);
        }
    }

    /** All lanes want to run at once. */
    synchronized void wakeAll() {
        Arrays.fill(wishes, Lane.AT_ONCE);
        plan(Lane.AT_ONCE);
    }

    /** Whether the lane wants to run by now; the wish is fulfilled with that. */
    synchronized boolean take(int lane, long nowMs) {
        if (wishes[lane] > nowMs) {
            return false;
        }
        wishes[lane] = Lane.NEVER;
        return true;
    }

    synchronized boolean hasDue(long nowMs) {
        return Arrays.stream(wishes).anyMatch(wish -> wish <= nowMs);
    }

    /** No turn begins any more; waits for one under way, not for ever. */
    synchronized void stop() {
        stopped = true;
        next.cancel();
        long end = clock.nanos() + STOP_LIMIT_NANOS;
        try {
            for (long left = STOP_LIMIT_NANOS; running && left > 0; left = end - clock.nanos()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void sleep() {
        running = false;
        notifyAll();
        next.came();
        plan(Arrays.stream(wishes).min().orElse(Lane.NEVER));
    }

    /** Whether the wall clock went back since the last turn: then lanes decide anew. */
    private boolean wasSetBack() {
        long nowMs = clock.epochMs();
        long nanos = clock.nanos();
        boolean back = TimeUnit.NANOSECONDS.toMillis(nanos - lastNanos) - (nowMs - lastMs) > SET_BACK_MS;
        lastMs = nowMs;
        lastNanos = nanos;
        return back;
    }

    private void plan(long dueMs) {
        if (!stopped && !running && dueMs != Lane.NEVER) {
            next.at(dueMs);
        }
    }

    private void turn() {
        synchronized (this) {
            if (stopped) {
                return;
            }
            running = true;
            if (wasSetBack()) {
                Arrays.fill(wishes, Lane.AT_ONCE);
            }
        }
        try {
            run.run();
        } finally {
            sleep();
        }
    }
}
