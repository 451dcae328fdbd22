package io.orbitmq.broker.longpoll;

import java.time.Duration;

/**
 * Limits of holding requests.
 *
 * @param maxHeldRequests most requests held at one time; over it a pull is answered at once
 * @param tick how exactly a deadline is kept
 * @param visitInterval how often a held request looks whether messages that do not match have passed it by
 */
public record LongPollConfig(int maxHeldRequests, Duration tick, Duration visitInterval) {

    private static final int SHARE_OF_HEAP = 4;

    /** A request with a dozen fields, what it waits for, and its places. */
    private static final int BYTES_PER_HELD_REQUEST = 1_536;

    public LongPollConfig {
        if (maxHeldRequests < 0) {
            throw new IllegalArgumentException("maxHeldRequests must be at least 0, found " + maxHeldRequests);
        }
        if (tick.isZero() || tick.isNegative() || visitInterval.compareTo(tick) < 0) {
            throw new IllegalArgumentException("a tick must be positive and at most the visit interval, found tick "
                    + tick + " and visit interval " + visitInterval);
        }
    }

    /** At most {@code maxHeldRequests}; deadlines kept to 200 ms, a look every 5 s as the official broker does. */
    public static LongPollConfig of(int maxHeldRequests) {
        return new LongPollConfig(maxHeldRequests, Duration.ofMillis(200), Duration.ofSeconds(5));
    }

    /** Like {@link #of}, with no more requests than a quarter of the heap can hold. */
    public static LongPollConfig within(long heapBytes, int maxHeldRequests) {
        long fitting = heapBytes / SHARE_OF_HEAP / BYTES_PER_HELD_REQUEST;
        return of((int) Math.min(maxHeldRequests, fitting));
    }
}
