package io.orbitmq.foundation.time;

/** The operating system's clocks. The only class that asks the system for the time. */
public final class SystemClock implements Clock {

    @Override
    public long epochMs() {
        return System.currentTimeMillis();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }
}
