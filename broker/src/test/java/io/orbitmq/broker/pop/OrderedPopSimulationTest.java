package io.orbitmq.broker.pop;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.testkit.Lives;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** Many {@link Lives} of messages popped in order. */
final class OrderedPopSimulationTest {

    @Test
    void keepsTheOrderAndLosesNothingAndRepeatsNothingDoneWhateverHappens() {
        LongAdder deliveries = new LongAdder();
        LongAdder repeated = new LongAdder();
        Lives.ordinarily(30).forEachAlone(seed -> {
            OrderedPopSimulation simulation = new OrderedPopSimulation(seed);
            simulation.run(250);
            simulation.models().forEach(model -> {
                deliveries.add(model.deliveries());
                repeated.add(model.repeated());
            });
        });
        assertThat(deliveries.sum()).isPositive();
        assertThat(repeated.sum()).isPositive().isLessThan(deliveries.sum());
    }
}
