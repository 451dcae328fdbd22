package io.orbitmq.store.flush;

import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop that steps a {@link Flusher}. Sleeps for good when nothing happens, one millisecond while bytes wait for
 * somebody to end their turn; {@link #wakeUp} ends either at once.
 */
public final class FlusherThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FlusherThread.class);
    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /** Naps without work before the thread sleeps until it is woken. */
    private static final int NAPS_BEFORE_SLEEP = 64;

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

    /** After placing bytes nobody may end the turn of: makes sure the loop looks within a millisecond. */
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
        int idleNaps = 0;
        while (!closed) {
            boolean asked = signalled;
            signalled = false;
            boolean outstanding = step();
            if (asked || outstanding) {
                idleNaps = 0;
            }
            if (signalled || closed) {
                continue;
            }
            if (idleNaps++ < NAPS_BEFORE_SLEEP) {
                LockSupport.parkNanos(this, NAP_NANOS);
            } else {
                sleep();
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
            return flusher.runOnce();
        } catch (RuntimeException e) {
            LOG.error("event=flusher-step-failed", e);
            return false;
        }
    }
}
