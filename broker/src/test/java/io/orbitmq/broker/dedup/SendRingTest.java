package io.orbitmq.broker.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SendRingTest {

    private final AtomicLong budget = new AtomicLong(1000);
    private final SendRing ring = new SendRing(budget);

    @Test
    void overwritesWhatIsOldAndGrowsForWhatIsYoung() {
        for (int i = 0; i < 64; i++) {
            assertThat(ring.add(i, 1, i, i, 0)).isTrue();
        }
        assertThat(ring.add(64, 1, 64, 64, 10)).isTrue();
        assertThat(budget.get()).isEqualTo(1000 - 64);
        assertThat(positions(0)).hasSize(64).startsWith(1L).endsWith(64L);

        assertThat(ring.add(65, 1, 65, 65, 0)).isTrue();
        assertThat(budget.get()).isEqualTo(1000 - 128);
        assertThat(positions(0)).hasSize(65).startsWith(1L).endsWith(65L);
        assertThat(positions(60)).containsExactly(60L, 61L, 62L, 63L, 64L, 65L);
        ring.release();
        assertThat(budget.get()).isEqualTo(1000);
    }

    @Test
    void tellsWhenTheBudgetLeavesNoRoom() {
        budget.set(100);
        for (int i = 0; i < 128; i++) {
            ring.add(i, 1, i, i + 1, 0);
        }
        assertThat(ring.add(128, 1, 128, 129, 0)).isFalse();
        assertThat(positions(0)).hasSize(128).endsWith(128L);
    }

    @Test
    void isLateComparedWithTheQuickestRequestByTheProducersClock() {
        assertThat(ring.isLate(10_000, 500, 2000)).isFalse();
        assertThat(ring.isLate(20_000, 10_600, 2000)).isFalse();
        assertThat(ring.isLate(30_000, 22_600, 2000)).isTrue();
        assertThat(ring.isLate(40_000, 30_600, 2000)).isFalse();
    }

    @Test
    void aClockThatWasSetDoesNotMakeEverythingLateForever() {
        ring.isLate(100_000, 100_000, 2000);
        assertThat(ring.isLate(50_000, 110_000, 2000)).isTrue();
        assertThat(ring.isLate(81_000, 141_000, 2000)).isTrue();
        assertThat(ring.isLate(82_000, 142_000, 2000)).isFalse();
    }

    private List<Long> positions(long fromMs) {
        List<Long> positions = new ArrayList<>();
        ring.copyTo((hash, group, position, timeMs) -> positions.add(position), fromMs);
        return positions;
    }
}
