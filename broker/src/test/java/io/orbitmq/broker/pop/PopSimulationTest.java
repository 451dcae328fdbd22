package io.orbitmq.broker.pop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Many lives of popped messages; {@code -Dorbitmq.seed=N} repeats one, {@code -Dorbitmq.lives=N} plays more. */
final class PopSimulationTest {

    @Test
    void losesNothingAndRepeatsNothingBeforeItsTimeWhateverHappens() throws IOException {
        long given = Long.getLong("orbitmq.seed", -1);
        long lives = Long.getLong("orbitmq.lives", 60);
        long deliveries = 0;
        long repeated = 0;
        for (long seed = given >= 0 ? given : 0; seed <= (given >= 0 ? given : lives - 1); seed++) {
            PopSimulation simulation = new PopSimulation(seed);
            try {
                simulation.run(250);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
            deliveries += simulation.model().deliveries();
            repeated += simulation.model().repeated();
        }
        assertThat(deliveries).isPositive();
        assertThat(repeated).isPositive().isLessThan(deliveries);
    }
}
