package io.orbitmq.testkit;

import io.orbitmq.foundation.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is told to advance. Safe for any thread. */
public final class SimulatedClock implements Clock {

    private static final long START_EPOCH_MS = 1_795_000_000_000L;
    private static final long NANOS_PER_MS = 1_000_000L;

    private final AtomicLong elapsedNanos = new AtomicLong();
    private final AtomicLong shiftMs = new AtomicLong();

    @Override
    public long epochMs() {
        return START_EPOCH_MS + shiftMs.get() + elapsedNanos.get() / NANOS_PER_MS;
    }

    @Override
    public long nanos() {
        return elapsedNanos.get();
    }

    /** Sets the wall clock forward, or back by a negative shift; {@link #nanos} goes on as if nothing had happened. */
    public void shiftWallClock(Duration shift) {
        shiftMs.addAndGet(shift.toMillis());
    }

    public void advance(Duration duration) {
        elapsedNanos.addAndGet(duration.toNanos());
    }
}
