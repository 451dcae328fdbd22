package io.orbitmq.transport.channel;

import io.orbitmq.foundation.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import org.slf4j.Logger;

/**
 * Writes WARN lines, at most so many per window, so that a hostile or broken peer cannot fill the disk with log. The
 * next line after a silence tells how many were left out. Any thread.
 */
public final class WarnLimiter {

    private final Logger log;
    private final Clock clock;
    private final int linesPerWindow;
    private final long windowNanos;
    private long windowStart;
    private int written;
    private long suppressed;

    public WarnLimiter(Logger log, Clock clock, int linesPerWindow, Duration window) {
        this.log = log;
        this.clock = clock;
        this.linesPerWindow = linesPerWindow;
        this.windowNanos = window.toNanos();
        this.windowStart = clock.nanos();
    }

    /** Writes the line, or counts it. The last argument may be a Throwable, as with SLF4J. */
    public void warn(String format, Object... arguments) {
        long left = admit();
        if (left == 0) {
            log.warn(format, arguments);
        } else if (left > 0) {
            Object[] more = Arrays.copyOf(arguments, arguments.length + 1);
            System.arraycopy(arguments, 0, more, 1, arguments.length);
            more[0] = left;
            log.warn("suppressed={} " + format, more);
        }
    }

    /** Number of lines left out before this one, or -1 when this one is left out too. */
    private synchronized long admit() {
        long now = clock.nanos();
        if (now - windowStart >= windowNanos) {
            windowStart = now;
            written = 0;
        }
        if (written >= linesPerWindow) {
            suppressed++;
            return -1;
        }
        written++;
        long left = suppressed;
        suppressed = 0;
        return left;
    }
}
