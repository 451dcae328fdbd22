package io.orbitmq.transport.channel;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.transport.Lane;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The threads of one lane and the requests that wait for them, bounded by number and by bytes. Any thread. */
final class LanePool {

    private static final int KEEP_ALIVE_SECONDS = 60;

    private final Lane lane;
    private final Clock clock;
    private final ThreadPoolExecutor executor;
    private final AtomicInteger queuedRequests = new AtomicInteger();
    private final AtomicLong queuedBytes = new AtomicLong();

    LanePool(Lane lane, String threadPrefix, Clock clock) {
        this.lane = lane;
        this.clock = clock;
        this.executor = new ThreadPoolExecutor(
                lane.threads(),
                lane.threads(),
                KEEP_ALIVE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory(threadPrefix + "-" + lane.name(), true));
        executor.allowCoreThreadTimeOut(true);
    }

    private final class Queued implements Runnable {

        private final int frameBytes;
        private final Runnable work;
        private final long enqueuedNanos = clock.nanos();

        private Queued(int frameBytes, Runnable work) {
            this.frameBytes = frameBytes;
            this.work = work;
        }

        @Override
        public void run() {
            queuedRequests.decrementAndGet();
            queuedBytes.addAndGet(-frameBytes);
            work.run();
        }
    }

    Lane lane() {
        return lane;
    }

    /** Takes a place for a request, to be used by {@link #run}; false when the lane is full. */
    boolean admit(int frameBytes) {
        int requests = queuedRequests.incrementAndGet();
        long bytes = queuedBytes.addAndGet(frameBytes);
        // A request larger than the byte bound must still pass when nothing else waits, or it never would.
        if (requests <= lane.maxQueuedRequests() && (bytes <= lane.maxQueuedBytes() || requests == 1)) {
            return true;
        }
        queuedRequests.decrementAndGet();
        queuedBytes.addAndGet(-frameBytes);
        return false;
    }

    void run(RequestExchange exchange, Runnable work) {
        executor.execute(new Queued(exchange.frameBytes(), work));
    }

    /** How full the lane is, for the text of a refusal. */
    String describeLoad() {
        return "lane " + lane.name() + " with " + lane.threads() + " threads has " + queuedRequests.get()
                + " waiting requests (limit " + lane.maxQueuedRequests() + ") of " + queuedBytes.get()
                + " bytes (limit " + lane.maxQueuedBytes() + "), the oldest waits " + oldestWaitMs() + " ms";
    }

    private long oldestWaitMs() {
        return executor.getQueue().peek() instanceof Queued oldest
                ? TimeUnit.NANOSECONDS.toMillis(clock.nanos() - oldest.enqueuedNanos)
                : 0;
    }

    /**
     * Takes nothing more, gives what runs the time to end, and then drops what waits. Interrupts none: Java closes the
     * file that an interrupted thread reads, for everybody.
     */
    void stop(Duration limit) throws InterruptedException {
        executor.shutdown();
        if (!executor.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            executor.getQueue().clear();
        }
    }
}
