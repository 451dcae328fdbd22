package io.orbitmq.foundation.schedule;

import java.time.Duration;

/**
 * Runs short tasks later, all on one thread, one at a time. A task that throws is logged and counted; a repeating task
 * goes on. Methods may be called from any thread.
 */
public interface Scheduler extends AutoCloseable {

    /** Runs {@code task} once after {@code delay}. */
    Scheduled after(Duration delay, Runnable task);

    /** Runs {@code task} first after {@code initialDelay}, then {@code period} after each run ended. */
    Scheduled every(Duration initialDelay, Duration period, Runnable task);

    /** Stops the scheduler; waiting tasks never run. */
    @Override
    void close();

    /** A task that waits for its time. */
    interface Scheduled {

        /** Prevents further runs; a run under way is not interrupted. Repeated calls do nothing. */
        void cancel();
    }
}
