package io.orbitmq.broker.pop;

import io.orbitmq.foundation.schedule.Scheduler;
import io.orbitmq.foundation.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Runs a task at the earliest time anybody asked for, and looks at the clock at least every ten seconds until then, as it
 * may be set forward. The task says when it wants to run again. Safe for any thread; the task runs on the scheduler.
 */
final class Alarm {

    /** Nothing to do. */
    static final long NEVER = Long.MAX_VALUE;

    private static final long MAX_SLEEP_MS = 10_000;

    private final Scheduler scheduler;
    private final Clock clock;
    private final Task task;
    private Scheduler.Scheduled planned = () -> {};
    private long plannedNanos;
    private boolean hasPlan;
    private boolean stopped;

    /** What runs. */
    interface Task {

        /** Returns when to run again, epoch milliseconds, or {@link #NEVER}. */
        long run();
    }

    Alarm(Scheduler scheduler, Clock clock, Task task) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.task = task;
    }

    /** Runs the task at that time, or earlier if that was asked for before. */
    synchronized void at(long dueMs) {
        if (stopped || dueMs == NEVER) {
            return;
        }
        long waitMs = Math.max(0, Math.min(MAX_SLEEP_MS, dueMs - clock.epochMs()));
        long nanos = clock.nanos() + TimeUnit.MILLISECONDS.toNanos(waitMs);
        if (hasPlan && nanos - plannedNanos >= 0) {
            return;
        }
        planned.cancel();
        hasPlan = true;
        plannedNanos = nanos;
        planned = scheduler.after(Duration.ofMillis(waitMs), this::ring);
    }

    /** The task does not begin again. */
    synchronized void stop() {
        stopped = true;
        planned.cancel();
    }

    private void ring() {
        synchronized (this) {
            if (stopped) {
                return;
            }
            hasPlan = false;
        }
        at(task.run());
    }
}
