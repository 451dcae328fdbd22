package io.orbitmq.foundation.schedule;

import io.orbitmq.foundation.time.Clock;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/**
 * Tells the log of work that is tried again and again: once when it begins to fail, a short line every few minutes while it
 * does, and once when it works again. So a disk that stays full is not filled further with log. What the operating system
 * says, as that no space is left, is told without a stack trace. Any thread.
 */
public final class RecurringFailure {

    private static final long REMINDER_NANOS = Duration.ofMinutes(5).toNanos();

    private final Logger log;
    private final Clock clock;
    private final String work;
    private final String action;
    private long failures;
    private long firstNanos;
    private long toldNanos;

    /**
     * @param work what is tried, the first word of its events, such as {@code checkpoint}
     * @param action what happens now, for the operator
     */
    public RecurringFailure(Logger log, Clock clock, String work, String action) {
        this.log = log;
        this.clock = clock;
        this.work = work;
        this.action = action;
    }

    public synchronized void failed(IOException cause) {
        long now = clock.nanos();
        if (failures++ == 0) {
            firstNanos = now;
            toldNanos = now;
            begin(cause);
        } else if (now - toldNanos >= REMINDER_NANOS) {
            toldNanos = now;
            log.warn(
                    "event={}-still-failing failures={} seconds={} cause=\"{}\"",
                    work,
                    failures,
                    secondsUntil(now),
                    cause.getMessage());
        }
    }

    public synchronized void worked() {
        if (failures > 0) {
            log.info("event={}-works-again failures={} seconds={}", work, failures, secondsUntil(clock.nanos()));
            failures = 0;
        }
    }

    private void begin(IOException cause) {
        if (isSaidBySystem(cause)) {
            log.warn("event={}-failed cause=\"{}\" action=\"{}\"", work, cause.getMessage(), action);
        } else {
            log.warn("event={}-failed cause=\"{}\" action=\"{}\"", work, cause.getMessage(), action, cause);
        }
    }

    /** A plain one, perhaps put into our words, or one of a file; other kinds are somebody's mistake. */
    private static boolean isSaidBySystem(IOException cause) {
        Throwable origin = cause.getCause() instanceof IOException said ? said : cause;
        return origin.getClass() == IOException.class || origin instanceof FileSystemException;
    }

    private long secondsUntil(long now) {
        return TimeUnit.NANOSECONDS.toSeconds(now - firstNanos);
    }
}
