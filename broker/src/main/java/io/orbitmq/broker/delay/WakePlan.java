package io.orbitmq.broker.delay;

import io.orbitmq.foundation.schedule.Scheduler;
import io.orbitmq.foundation.time.Clock;
import java.time.Duration;
import java.util.Arrays;

/**
 * When each lane wants to run, and one task of the scheduler for the earliest of them. Safe for any thread; a wish later
 * than the planned wake-up costs a comparison.
 */
final class WakePlan {

    private final Scheduler scheduler;
    private final Clock clock;
    private final Runnable run;
    private final long maxSleepMs;

    private long[] wishes = new long[0];
    private long plannedMs = Long.MAX_VALUE;
    private Scheduler.Scheduled planned = () -> {};
    private boolean running;
    private boolean stopped;

    /**
     * @param run the machine's turn
     * @param maxSleepMs longest time between two turns while any lane has a wish
     */
    WakePlan(Scheduler scheduler, Clock clock, Runnable run, long maxSleepMs) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.run = run;
        this.maxSleepMs = maxSleepMs;
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

    synchronized void stop() {
        stopped = true;
        planned.cancel();
    }

    private synchronized void sleep() {
        running = false;
        plannedMs = Lane.NEVER;
        plan(Arrays.stream(wishes).min().orElse(Lane.NEVER));
    }

    private void plan(long dueMs) {
        if (stopped || running || dueMs >= plannedMs) {
            return;
        }
        planned.cancel();
        plannedMs = dueMs;
        long waitMs = Math.max(0, Math.min(maxSleepMs, dueMs - clock.epochMs()));
        planned = scheduler.after(Duration.ofMillis(waitMs), this::turn);
    }

    private void turn() {
        synchronized (this) {
            if (stopped) {
                return;
            }
            running = true;
        }
        try {
            run.run();
        } finally {
            sleep();
        }
    }
}
