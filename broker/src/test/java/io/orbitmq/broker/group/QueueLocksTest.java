package io.orbitmq.broker.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.testkit.SimulatedClock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class QueueLocksTest {

    private final SimulatedClock clock = new SimulatedClock();
    private final QueueLocks<String> locks = new QueueLocks<>(clock, Duration.ofSeconds(60));

    @Test
    void firstAskerHoldsTheQueueAndOthersDoNot() {
        assertThat(locks.lock("g", "c1", List.of("q0", "q1"))).containsExactly("q0", "q1");
        assertThat(locks.lock("g", "c2", List.of("q1", "q2"))).containsExactly("q2");
        assertThat(locks.lock("g", "c1", List.of("q0", "q1"))).containsExactly("q0", "q1");
    }

    @Test
    void groupsDoNotShareLocks() {
        locks.lock("g", "c1", List.of("q0"));

        assertThat(locks.lock("other", "c2", List.of("q0"))).containsExactly("q0");
    }

    @Test
    void lockNotRenewedForAMinuteGoesToTheNextAsker() {
        locks.lock("g", "c1", List.of("q0"));
        clock.advance(Duration.ofSeconds(60));
        assertThat(locks.lock("g", "c2", List.of("q0"))).isEmpty();

        clock.advance(Duration.ofMillis(1));

        assertThat(locks.lock("g", "c2", List.of("q0"))).containsExactly("q0");
        assertThat(locks.lock("g", "c1", List.of("q0"))).isEmpty();
    }

    @Test
    void ownerRenewsByLockingAgain() {
        locks.lock("g", "c1", List.of("q0"));
        clock.advance(Duration.ofSeconds(40));
        locks.lock("g", "c1", List.of("q0"));
        clock.advance(Duration.ofSeconds(40));

        assertThat(locks.lock("g", "c2", List.of("q0"))).isEmpty();
    }

    @Test
    void unlockingNamesWhoAskedInVain() {
        locks.lock("g", "c1", List.of("q0", "q1"));
        locks.lock("g", "c2", List.of("q0"));
        locks.lock("g", "c1", List.of("q0", "q1"));

        assertThat(locks.unlock("g", "c2", List.of("q0"))).isEmpty();
        assertThat(locks.unlock("g", "c1", List.of("q0", "q1"))).containsExactly("c2");
        locks.lock("g", "c2", List.of("q0"));
        assertThat(locks.unlock("g", "c2", List.of("q0"))).isEmpty();
    }

    @Test
    void onlyTheOwnerUnlocks() {
        locks.lock("g", "c1", List.of("q0"));

        locks.unlock("g", "c2", List.of("q0"));
        assertThat(locks.lock("g", "c2", List.of("q0"))).isEmpty();

        locks.unlock("g", "c1", List.of("q0", "never-locked"));
        assertThat(locks.lock("g", "c2", List.of("q0"))).containsExactly("q0");
    }

    @Test
    void groupCountsAsLockedWhileALockIsValid() {
        assertThat(locks.isLocked("g")).isFalse();
        locks.lock("g", "c1", List.of("q0"));
        assertThat(locks.isLocked("g")).isTrue();

        clock.advance(Duration.ofSeconds(61));

        assertThat(locks.isLocked("g")).isFalse();
        locks.removeExpired();
        assertThat(locks.lock("g", "c2", List.of("q0"))).containsExactly("q0");
    }

    @Test
    void locksOfOneGroupAreBounded() {
        List<String> many = IntStream.range(0, 100_001).mapToObj(i -> "q" + i).toList();

        assertThat(locks.lock("g", "c1", many)).hasSize(100_000);
    }
}
