package io.orbitmq.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.foundation.schedule.NextRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stands here because it needs the simulated clock. */
final class NextRunTest {

    private static final long MAX_SLEEP_MS = 10_000;

    private final SimulatedClock clock = new SimulatedClock();
    private final SimulatedScheduler scheduler = new SimulatedScheduler(clock);
    private final long startMs = clock.epochMs();
    private final long startNanos = clock.nanos();
    /** Milliseconds from the start, by the clock that cannot be set. */
    private final List<Long> runs = new ArrayList<>();

    private final NextRun next = new NextRun(scheduler, clock, MAX_SLEEP_MS, this::run);

    private void run() {
        runs.add(Duration.ofNanos(clock.nanos() - startNanos).toMillis());
        next.came();
    }

    @Test
    void runsOnceAtTheEarliestTimeAskedFor() {
        next.at(startMs + 5_000);
        next.at(startMs + 3_000);
        next.at(startMs + 4_000);
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(runs).containsExactly(3_000L);
    }

    @Test
    void runsAtOnceWhenTheTimeIsOver() {
        next.at(startMs - 1);
        scheduler.advance(Duration.ZERO);
        assertThat(runs).containsExactly(0L);
    }

    @Test
    void looksAgainAfterTheLongestSleep() {
        next.at(startMs + 3_600_000);
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(runs).containsExactly(MAX_SLEEP_MS);
    }

    @Test
    void plansEarlierWhenTheWallClockWasSetForward() {
        next.at(startMs + 9_000);
        clock.shiftWallClock(Duration.ofSeconds(8));
        next.at(startMs + 9_000);
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(runs).containsExactly(1_000L);
    }

    @Test
    void runsNoMoreWhenCancelledUntilItIsAskedAgain() {
        next.at(startMs + 1_000);
        next.cancel();
        scheduler.advance(Duration.ofSeconds(2));
        assertThat(runs).isEmpty();
        next.at(startMs + 3_000);
        scheduler.advance(Duration.ofSeconds(2));
        assertThat(runs).containsExactly(3_000L);
    }
}
