package io.orbitmq.broker.offset;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.testkit.Lives;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** Many {@link Lives} of a broker whose groups tell how far they have come. */
final class OffsetSimulationTest {

    private static final int STEPS = 200;

    @Test
    void everyOffsetIsOneThatWasToldWhateverHappens() {
        LongAdder acknowledged = new LongAdder();
        LongAdder noticed = new LongAdder();
        Lives.ordinarily(40).forEachAlone(seed -> {
            OffsetSimulation simulation = new OffsetSimulation(seed);
            simulation.run(STEPS);
            acknowledged.add(simulation.acknowledged());
            noticed.add(simulation.noticed());
        });
        assertThat(acknowledged.sum()).isPositive();
        assertThat(noticed.sum()).isPositive();
    }
}
