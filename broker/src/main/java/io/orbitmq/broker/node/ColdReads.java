package io.orbitmq.broker.node;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Two threads for reads that wait for the disk; a bounded number may wait for them, more are rejected. */
final class ColdReads implements Executor, AutoCloseable {

    private static final int THREADS = 2;
    private static final int MOST_WAITING = 10_000;
    private static final int KEEP_ALIVE_SECONDS = 30;

    private final ThreadPoolExecutor pool;

    ColdReads(String name) {
        pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                KEEP_ALIVE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                new DefaultThreadFactory(name, true));
        pool.allowCoreThreadTimeOut(true);
    }

    /** @throws RejectedExecutionException when too many wait */
    @Override
    public void execute(Runnable read) {
        pool.execute(read);
    }

    /** Drops what waits and lets the reads under way end, for at most {@code limit}. Interrupts none: see SystemDisk. */
    void stop(Duration limit) {
        pool.shutdown();
        pool.getQueue().clear();
        try {
            pool.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop(Duration.ZERO);
    }
}
