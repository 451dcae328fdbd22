package io.orbitmq.broker.pop;

import io.orbitmq.foundation.time.Clock;
import java.util.concurrent.TimeUnit;

/** How long a request may be held: until the client gives up, with time for the answer (protocol/08 section 2.7). */
final class PopPatience {

    private static final long FOR_THE_ANSWER_MS = 50;
    private static final long LONGEST_MS = TimeUnit.HOURS.toMillis(1);

    private final Clock clock;

    PopPatience(Clock clock) {
        this.clock = clock;
    }

    /**
     * The end of waiting by {@code Clock.nanos}.
     *
     * @param bornTimeMs the client's clock when it asked; 0 when it did not say
     */
    long deadlineNanos(long bornTimeMs, long pollTimeMs) {
        long nowMs = clock.epochMs();
        long bornMs = bornTimeMs > 0 ? bornTimeMs : nowMs;
        long left = bornMs - nowMs + Math.min(pollTimeMs, LONGEST_MS) - FOR_THE_ANSWER_MS;
        return clock.nanos() + TimeUnit.MILLISECONDS.toNanos(Math.max(0, Math.min(left, LONGEST_MS)));
    }

    /** The earlier of a deadline by {@code Clock.nanos} and a time in epoch milliseconds. */
    long noLaterThan(long deadlineNanos, long epochMs) {
        if (epochMs == Long.MAX_VALUE) {
            return deadlineNanos;
        }
        long left = Math.max(0, Math.min(epochMs - clock.epochMs(), LONGEST_MS));
        long then = clock.nanos() + TimeUnit.MILLISECONDS.toNanos(left);
        return then - deadlineNanos < 0 ? then : deadlineNanos;
    }
}
