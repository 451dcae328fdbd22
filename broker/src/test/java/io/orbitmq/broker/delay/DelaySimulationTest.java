package io.orbitmq.broker.delay;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.delay.DelaySimulation.Scale;
import io.orbitmq.testkit.Lives;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many {@link Lives} of delayed messages. */
final class DelaySimulationTest {

    @ParameterizedTest
    @EnumSource(Scale.class)
    void deliversEachMessageOnceAndInTimeWhateverHappens(Scale scale) {
        LongAdder deliveries = new LongAdder();
        Lives.ordinarily(scale == Scale.SECONDS ? 20 : 2).forEachAlone(seed -> {
            DelaySimulation simulation = new DelaySimulation(seed, scale);
            simulation.run(200);
            deliveries.add(simulation.model().deliveries());
        });
        assertThat(deliveries.sum()).isPositive();
    }
}
