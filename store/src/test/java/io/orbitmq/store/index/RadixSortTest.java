package io.orbitmq.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.testkit.Dice;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RadixSortTest {

    @Test
    void sortsAnyNumberOfValuesAsComparingWould() {
        RadixSort sort = new RadixSort(24);
        for (int seed = 0; seed < 60; seed++) {
            Random chance = Dice.of(seed);
            int count = chance.nextInt(1 << chance.nextInt(13));
            long most = 1L << 1 + chance.nextInt(31);
            long[] values = new long[count + chance.nextInt(5)];
            for (int i = 0; i < values.length; i++) {
                values[i] = chance.nextLong(most) << 24 | i;
            }
            long[] expected = values.clone();
            Arrays.sort(expected, 0, count);

            sort.sort(values, count, 31);

            assertThat(values).as("seed %d", seed).isEqualTo(expected);
        }
    }
}
