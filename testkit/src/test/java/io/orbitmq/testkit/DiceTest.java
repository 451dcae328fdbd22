package io.orbitmq.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DiceTest {

    @Test
    void theFirstNumbersOfConsecutiveSeedsAreSpreadEvenly() {
        int[] chosen = new int[4];
        for (long seed = 0; seed < 1000; seed++) {
            chosen[Dice.of(seed).nextInt(4)]++;
        }

        assertThat(Arrays.stream(chosen).boxed()).allMatch(count -> count > 200);
    }

    @Test
    void aSeedGivesTheSameNumbersAgain() {
        assertThat(Dice.of(7).longs(10))
                .containsExactlyElementsOf(Dice.of(7).longs(10).boxed().toList());
        assertThat(Dice.of(7, 2).nextLong()).isEqualTo(Dice.of(7, 2).nextLong());
    }

    @Test
    void streamsOfNeighbouringSeedsDiffer() {
        Set<Long> first = new HashSet<>();
        for (long seed = 0; seed < 100; seed++) {
            for (int stream = 0; stream < 3; stream++) {
                first.add(Dice.of(seed, stream).nextLong());
            }
        }

        assertThat(first).hasSize(300);
    }
}
