package io.orbitmq.broker.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.testkit.Lives;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** Many {@link Lives} of a broker with transactions. */
final class TransactionSimulationTest {

    @Test
    void everyTransactionIsOpenOrEndedOnceAsAcknowledgedWhateverHappens() {
        Lives lives = Lives.ordinarily(300);
        LongAdder crashes = new LongAdder();
        LongAdder ends = new LongAdder();
        lives.forEachAlone(seed -> {
            TransactionSimulation simulation = new TransactionSimulation(seed);
            simulation.run();
            crashes.add(simulation.crashes);
            ends.add(simulation.acknowledgedEnds());
        });
        if (!Lives.isReplay()) {
            assertThat(crashes.sum()).isGreaterThan(3 * lives.count());
            assertThat(ends.sum()).isGreaterThan(5 * lives.count());
        }
    }
}
