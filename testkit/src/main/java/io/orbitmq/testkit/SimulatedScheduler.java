package io.orbitmq.testkit;

import io.orbitmq.foundation.schedule.Scheduler;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A scheduler whose tasks run on the calling thread when {@link #advance} moves the simulated clock past their time. */
public final class SimulatedScheduler implements Scheduler {

    private final SimulatedClock clock;
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(
            Comparator.comparingLong((Waiting w) -> w.dueNanos).thenComparingLong(w -> w.number));
    private long submitted;

    public SimulatedScheduler(SimulatedClock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Scheduled after(Duration delay, Runnable task) {
        return add(clock.nanos() + delay.toNanos(), 0, task);
    }

    @Override
    public synchronized Scheduled every(Duration initialDelay, Duration period, Runnable task) {
        return add(clock.nanos() + initialDelay.toNanos(), period.toNanos(), task);
    }

    /** Moves the clock forward by {@code duration}, running every task at its time, in order. */
    public synchronized void advance(Duration duration) {
        long end = clock.nanos() + duration.toNanos();
        while (!waiting.isEmpty() && waiting.peek().dueNanos <= end) {
            Waiting next = waiting.poll();
            clock.advance(Duration.ofNanos(Math.max(0, next.dueNanos - clock.nanos())));
            next.task.run();
            if (next.periodNanos > 0 && !next.cancelled) {
                next.dueNanos = clock.nanos() + next.periodNanos;
                waiting.add(next);
            }
        }
        clock.advance(Duration.ofNanos(end - clock.nanos()));
    }

    @Override
    public synchronized void close() {
        waiting.clear();
    }

    private Scheduled add(long dueNanos, long periodNanos, Runnable task) {
        Waiting entry = new Waiting(dueNanos, periodNanos, task, submitted++);
        waiting.add(entry);
        return () -> {
            synchronized (this) {
                entry.cancelled = true;
                waiting.remove(entry);
            }
        };
    }

    private static final class Waiting {

        private final long periodNanos;
        private final Runnable task;
        private final long number;
        private long dueNanos;
        private boolean cancelled;

        private Waiting(long dueNanos, long periodNanos, Runnable task, long number) {
            this.dueNanos = dueNanos;
            this.periodNanos = periodNanos;
            this.task = task;
            this.number = number;
        }
    }
}
