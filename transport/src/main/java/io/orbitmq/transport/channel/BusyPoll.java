package io.orbitmq.transport.channel;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.orbitmq.foundation.time.Clock;
import java.time.Duration;

/**
 * Looks for ready connections again and again for a moment before the thread sleeps. With few requests in flight most of
 * a round's time is that of putting threads to sleep and waking them (docs/benchmarks.md). It goes on only while at least
 * two looks in three find something in time: each that was in vain lets the thread sleep at once four times as often
 * before the next, up to {@value #MOST_SLEEPS} times, and each that was not halves that. One event loop's thread, but for
 * {@link #wakeup}.
 */
final class BusyPoll implements IoHandler {

    private static final int MOST_SLEEPS = 1024;

    private static final IoHandlerContext WITHOUT_SLEEP = new IoHandlerContext() {
        @Override
        public boolean canBlock() {
            return false;
        }

        @Override
        public long delayNanos(long currentTimeNanos) {
            return 0;
        }

        @Override
        public long deadlineNanos() {
            return 0;
        }
    };

    private final IoHandler io;
    private final Clock clock;
    private final long limitNanos;
    private int sleepsAfterVain = 1;
    private int sleepsLeft;

    /** @param limit how long to look at most */
    BusyPoll(IoHandler io, Duration limit, Clock clock) {
        this.io = io;
        this.clock = clock;
        this.limitNanos = limit.toNanos();
    }

    @Override
    public int run(IoHandlerContext context) {
        if (!context.canBlock()) {
            return io.run(context);
        }
        if (sleepsLeft > 0) {
            sleepsLeft--;
            return io.run(context);
        }
        int handled = poll(context);
        if (handled > 0 || !context.canBlock()) {
            sleepsAfterVain = Math.max(1, sleepsAfterVain / 2);
            return handled;
        }
        sleepsAfterVain = Math.min(sleepsAfterVain * 4, MOST_SLEEPS);
        sleepsLeft = sleepsAfterVain - 1;
        return io.run(context);
    }

    /** Until something was handled, a task waits for the thread, or the limit. */
    private int poll(IoHandlerContext context) {
        long start = clock.nanos();
        int handled;
        do {
            Thread.onSpinWait();
            handled = io.run(WITHOUT_SLEEP);
        } while (handled == 0 && context.canBlock() && clock.nanos() - start < limitNanos);
        return handled;
    }

    @Override
    public void initialize() {
        io.initialize();
    }

    @Override
    public void prepareToDestroy() {
        io.prepareToDestroy();
    }

    @Override
    public void destroy() {
        io.destroy();
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return io.register(handle);
    }

    @Override
    public void wakeup() {
        io.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return io.isCompatible(handleType);
    }
}
