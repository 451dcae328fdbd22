package io.orbitmq.store.flush;

import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop that steps a {@link Flusher}. Sleeps for good when nothing happens. While something does, it naps: one
 * millisecond when bytes may wait for somebody to end their turn, up to sixteen when turns end by themselves; {@link
 * #wakeUp} ends either at once.
 */
public final class FlusherThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FlusherThread.class);
    private static final long LONGEST_NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(16);
    /** Without work for so long the thread sleeps until it is woken. */
    private static final long IDLE_BEFORE_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(64);

    private final Flusher flusher;
    private final Thread thread;
    private volatile boolean signalled;
    private volatile boolean asleep;
    private volatile boolean closed;

    private FlusherThread(Flusher flusher) {
        this.flusher = flusher;
        this.thread = Executors.defaultThreadFactory().newThread(this::loop);
        thread.setName("store-flusher");
        thread.setDaemon(true);
    }

    /** Starts the loop. */
    public static FlusherThread start(Flusher flusher) {
        FlusherThread started = new FlusherThread(flusher);
        started.thread.start();
        return started;
    }

    /** Makes the loop take a step now. */
    public void wakeUp() {
        if (!signalled) {
            signalled = true;
            LockSupport.unpark(thread);
        }
    }

    /** After placing bytes nobody may end the turn of: makes sure the loop is awake and looks soon. */
    public void nudge() {
        if (asleep) {
            asleep = false;
            LockSupport.unpark(thread);
        }
    }

    /** Ends the loop; waits until it stands still. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        long nap = Flusher.SHORTEST_NAP_NANOS;
        long idle = 0;
        while (!closed) {
            boolean asked = signalled;
            signalled = false;
            boolean outstanding = step();
            idle = asked || outstanding ? 0 : idle + nap;
            if (signalled || closed) {
                continue;
            }
            if (idle < IDLE_BEFORE_SLEEP_NANOS) {
                nap = flusher.mostNapNanos(Math.min(2 * nap, LONGEST_NAP_NANOS));
                LockSupport.parkNanos(this, nap);
            } else {
                sleep();
                idle = 0;
                nap = Flusher.SHORTEST_NAP_NANOS;
            }
        }
    }

    private void sleep() {
        asleep = true;
        if (!step() && !signalled && !closed) {
            LockSupport.park(this);
        }
        asleep = false;
    }

    private boolean step() {
        try {
            return flusher.look();
        } catch (RuntimeException | Error e) {
            LOG.error("event=flusher-step-failed", e);
            return false;
        }
    }
}
