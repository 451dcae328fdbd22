package io.orbitmq.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LivesTest {

    @Test
    void livesOneSeedAfterTheOther() {
        List<Long> seeds = new ArrayList<>();
        new Lives(7, 3).forEach(seeds::add);
        assertThat(seeds).containsExactly(7L, 8L, 9L);
    }

    @Test
    void namesTheSeedOfTheLifeThatFailed() {
        assertThatThrownBy(() -> new Lives(7, 3).forEach(seed -> {
                    if (seed == 8) {
                        throw new IOException("offset 3 is gone");
                    }
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessage("seed 8 (replay with -Dorbitmq.seed=8): offset 3 is gone")
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void namesTheSeedOnceOfALifeThatFailedAlone() {
        assertThatThrownBy(() -> new Lives(8, 1).forEachAlone(seed -> {
                    throw new IOException("offset 3 is gone");
                }))
                .hasMessage("seed 8 (replay with -Dorbitmq.seed=8): offset 3 is gone")
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void leavesNothingOfALifeBehindThatItKeptPerThread() {
        ThreadLocal<String> kept = ThreadLocal.withInitial(() -> "nothing");
        List<String> found = new ArrayList<>();
        new Lives(1, 2).forEachAlone(seed -> {
            found.add(kept.get());
            kept.set("of life " + seed);
        });
        assertThat(found).containsExactly("nothing", "nothing");
    }
}
