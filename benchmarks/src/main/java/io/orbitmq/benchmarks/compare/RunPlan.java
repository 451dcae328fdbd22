package io.orbitmq.benchmarks.compare;

import io.orbitmq.benchmarks.load.Waiting;
import io.orbitmq.foundation.time.Clock;
import java.time.Duration;

/**
 * How every run is made, whatever its load.
 *
 * @param warmTime how long a run's own load warms the server at least
 * @param time measured time
 * @param waiting what the generator of raw frames does between answers
 */
record RunPlan(Clock clock, Duration warmTime, Duration time, Waiting waiting) {

    private static final int LAPS = 8;

    /** The warm-up is cut into laps of this length, see {@link WarmUp}. */
    Duration lapTime() {
        return warmTime.dividedBy(LAPS);
    }

    /** A server that is still getting cheaper is warmed up to this long. */
    Duration mostWarmTime() {
        return warmTime.multipliedBy(5).dividedBy(2);
    }

    /** Where the load is a process of its own, nobody looks whether the server is steady: half as long again. */
    Duration fixedWarmTime() {
        return warmTime.multipliedBy(3).dividedBy(2);
    }

    /** The same with a generator that waits in another way. */
    RunPlan with(Waiting otherWaiting) {
        return new RunPlan(clock, warmTime, time, otherWaiting);
    }
}
