package io.orbitmq.broker.pop;

import io.orbitmq.foundation.schedule.NextRun;
import io.orbitmq.foundation.schedule.Scheduler;
import io.orbitmq.foundation.time.Clock;

/**
 * Runs a task at the earliest time anybody asked for, and looks at the clock at least every ten seconds until then, as it
 * may be set forward. The task says when it wants to run again. Safe for any thread; the task runs on the scheduler.
 */
final class Alarm {

    /** Nothing to do. */
    static final long NEVER = Long.MAX_VALUE;

    private static final long MAX_SLEEP_MS = 10_000;

    private final Task task;
    private final NextRun next;
    private boolean stopped;

    /** What runs. */
    interface Task {

        /** Returns when to run again, epoch milliseconds, or {@link #NEVER}. */
        long run();
    }

    Alarm(Scheduler scheduler, Clock clock, Task task) {
        this.task = task;
        this.next = new NextRun(scheduler, clock, MAX_SLEEP_MS, this::ring);
    }

    /** Runs the task at that time, or earlier if that was asked for before. */
    synchronized void at(long dueMs) {
        if (!stopped && dueMs != NEVER) {
            next.at(dueMs);
        }
    }

    /** The task does not begin again. */
    synchronized void stop() {
        stopped = true;
        next.cancel();
    }

    private void ring() {
        synchronized (this) {
            if (stopped) {
                return;
            }
            next.came();
        }
        at(task.run());
    }
}
