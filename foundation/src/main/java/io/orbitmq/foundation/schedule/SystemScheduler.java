package io.orbitmq.foundation.schedule;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link Scheduler} on one daemon thread that sleeps when nothing is due. What a task throws is logged; it runs again. */
public final class SystemScheduler implements Scheduler {

    private static final Logger LOG = LoggerFactory.getLogger(SystemScheduler.class);

    private final String name;
    private final ScheduledExecutorService executor;
    private final AtomicLong failedRuns = new AtomicLong();

    /** @param name the thread's name */
    public SystemScheduler(String name) {
        this.name = name;
        ThreadFactory threads = task -> {
            Thread thread = Executors.defaultThreadFactory().newThread(task);
            thread.setName(name);
            thread.setDaemon(true);
            return thread;
        };
        ScheduledThreadPoolExecutor single = new ScheduledThreadPoolExecutor(1, threads);
        single.setRemoveOnCancelPolicy(true);
        single.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.executor = single;
    }

    @Override
    public Scheduled after(Duration delay, Runnable task) {
        return cancelling(executor.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    public Scheduled every(Duration initialDelay, Duration period, Runnable task) {
        return cancelling(executor.scheduleWithFixedDelay(
                guarded(task), initialDelay.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** How many runs ended with an exception so far. */
    public long failedRuns() {
        return failedRuns.get();
    }

    @Override
    public void close() {
        executor.shutdown();
    }

    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                failedRuns.incrementAndGet();
                LOG.error("event=scheduled-task-failed scheduler={}", name, e);
            }
        };
    }

    private static Scheduled cancelling(Future<?> future) {
        return () -> future.cancel(false);
    }
}
