package io.orbitmq.broker.delay;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.delay.DelaySimulation.Scale;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many lives of delayed messages; {@code -Dorbitmq.seed=N} repeats one. */
final class DelaySimulationTest {

    @ParameterizedTest
    @EnumSource(Scale.class)
    void deliversEachMessageOnceAndInTimeWhateverHappens(Scale scale) throws IOException {
        long given = Long.getLong("orbitmq.seed", -1);
        long lives = Long.getLong("orbitmq.lives", scale == Scale.SECONDS ? 20 : 2);
        long deliveries = 0;
        for (long seed = given >= 0 ? given : 0; seed <= (given >= 0 ? given : lives - 1); seed++) {
            DelaySimulation simulation = new DelaySimulation(seed, scale);
            try {
                simulation.run(200);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + " scale " + scale + ": " + e.getMessage(), e);
            }
            deliveries += simulation.model().deliveries();
        }
        assertThat(deliveries).isPositive();
    }
}
