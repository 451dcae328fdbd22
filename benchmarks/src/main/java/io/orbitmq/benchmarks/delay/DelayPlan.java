package io.orbitmq.benchmarks.delay;

import java.time.Duration;

/**
 * What to send.
 *
 * @param normalPerSecond messages without delay, until the last delayed one is due
 * @param delayedPerSecond delayed messages; every fifth by level, the others to the millisecond
 * @param sendTime how long delayed messages are sent
 * @param warmTime messages due earlier than this after the begin are not counted
 */
record DelayPlan(int normalPerSecond, int delayedPerSecond, Duration sendTime, Duration warmTime) {

    static final int NORMAL_QUEUES = 8;
    static final int DELAYED_QUEUES = 4;
    static final int BODY_BYTES = 128;

    /** Longest delay that is asked for; level 3 is the longest level. */
    static final Duration LONGEST = Duration.ofSeconds(15);

    static final long[] LEVEL_MS = {1_000, 5_000, 10_000};
}
