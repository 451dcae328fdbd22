package io.orbitmq.transport.channel;

import io.orbitmq.foundation.time.Clock;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Notices that a connection was neither read nor written for a while (protocol/01 section 9.2). One timer per
 * connection that looks at the last activity when it is due; being active only notes the time. Belongs to the event
 * loop.
 */
final class IdleWatch {

    private final Loop loop;
    private final Clock clock;
    private final long timeoutNanos;
    private final Runnable onIdle;
    private long lastActivityNanos;
    private Future<?> timer;

    IdleWatch(Loop loop, Clock clock, Duration timeout, Runnable onIdle) {
        this.loop = loop;
        this.clock = clock;
        this.timeoutNanos = timeout.toNanos();
        this.onIdle = onIdle;
    }

    void start() {
        touch();
        lookIn(timeoutNanos);
    }

    void touch() {
        lastActivityNanos = loop.turnNanos(clock);
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void lookIn(long delayNanos) {
        timer = loop.eventLoop().schedule(this::look, delayNanos, TimeUnit.NANOSECONDS);
    }

    private void look() {
        long left = timeoutNanos - (clock.nanos() - lastActivityNanos);
        if (left > 0) {
            lookIn(left);
        } else {
            onIdle.run();
        }
    }
}
