package io.orbitmq.broker.longpoll;

import io.orbitmq.foundation.schedule.Scheduler;
import java.time.Duration;

/** Counts the tasks that go to another scheduler. */
final class CountingScheduler implements Scheduler {

    private final Scheduler target;
    private int scheduled;

    CountingScheduler(Scheduler target) {
        this.target = target;
    }

    int scheduled() {
        return scheduled;
    }

    @Override
    public Scheduled after(Duration delay, Runnable task) {
        scheduled++;
        return target.after(delay, task);
    }

    @Override
    public Scheduled every(Duration initialDelay, Duration period, Runnable task) {
        scheduled++;
        return target.every(initialDelay, period, task);
    }

    @Override
    public void close() {
        target.close();
    }
}
