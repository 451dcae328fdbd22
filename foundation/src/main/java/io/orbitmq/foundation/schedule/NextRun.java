package io.orbitmq.foundation.schedule;

import io.orbitmq.foundation.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The one run of a task that is planned: for the earliest wall-clock time anybody asked for, and never further away than the
 * longest sleep, since that clock may be set forward. The task is told nothing: it looks whether something is due. Callers
 * hold their own lock.
 */
public final class NextRun {

    private final Scheduler scheduler;
    private final Clock clock;
    private final long maxSleepMs;
    private final Runnable task;
    private Scheduler.Scheduled planned = () -> {};
    /** When it comes, by the clock that cannot be set; only while there is one. */
    private long plannedNanos;

    private boolean hasPlan;

    /** @param maxSleepMs longest time until the task looks again */
    public NextRun(Scheduler scheduler, Clock clock, long maxSleepMs, Runnable task) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.maxSleepMs = maxSleepMs;
        this.task = task;
    }

    /** Runs the task at {@code dueMs}, epoch milliseconds, or earlier if that is planned already. */
    public void at(long dueMs) {
        long waitMs = Math.max(0, Math.min(maxSleepMs, dueMs - clock.epochMs()));
        long nanos = clock.nanos() + TimeUnit.MILLISECONDS.toNanos(waitMs);
        if (hasPlan && nanos - plannedNanos >= 0) {
            return;
        }
        planned.cancel();
        hasPlan = true;
        plannedNanos = nanos;
        planned = scheduler.after(Duration.ofMillis(waitMs), task);
    }

    /** The planned run came: the next call of {@link #at} plans another. */
    public void came() {
        hasPlan = false;
    }

    /** No run comes until {@link #at} is called again. */
    public void cancel() {
        planned.cancel();
        hasPlan = false;
    }
}
