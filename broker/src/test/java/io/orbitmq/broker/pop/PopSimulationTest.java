package io.orbitmq.broker.pop;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.testkit.Lives;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** Many {@link Lives} of popped messages. */
final class PopSimulationTest {

    @Test
    void losesNothingAndRepeatsNothingBeforeItsTimeWhateverHappens() {
        LongAdder deliveries = new LongAdder();
        LongAdder repeated = new LongAdder();
        Lives.ordinarily(60).forEachAlone(seed -> {
            PopSimulation simulation = new PopSimulation(seed);
            simulation.run(250);
            deliveries.add(simulation.model().deliveries());
            repeated.add(simulation.model().repeated());
        });
        assertThat(deliveries.sum()).isPositive();
        assertThat(repeated.sum()).isPositive().isLessThan(deliveries.sum());
    }
}
