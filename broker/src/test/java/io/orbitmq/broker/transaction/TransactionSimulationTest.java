package io.orbitmq.broker.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.testkit.Lives;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** Many {@link Lives} of a broker with transactions. */
final class TransactionSimulationTest {

    @Test
    void everyTransactionIsOpenOrEndedOnceAsAcknowledgedWhateverHappens() {
        Lives lives = Lives.ordinarily(300);
        LongAdder crashes = new LongAdder();
        LongAdder ends = new LongAdder();
        lives.forEach(seed -> {
            TransactionSimulation simulation = new TransactionSimulation(seed);
            run(simulation, "simulation-" + seed);
            crashes.add(simulation.crashes);
            ends.add(simulation.acknowledgedEnds());
        });
        if (!Lives.isReplay()) {
            assertThat(crashes.sum()).isGreaterThan(3 * lives.count());
            assertThat(ends.sum()).isGreaterThan(5 * lives.count());
        }
    }

    /** On a thread of its own: brokers that crash leave what they keep per thread behind. */
    private static void run(TransactionSimulation simulation, String threadName) throws Exception {
        FutureTask<Void> life = new FutureTask<>(() -> {
            simulation.run();
            return null;
        });
        new Thread(life, threadName).start();
        try {
            life.get();
        } catch (ExecutionException e) {
            // as it was: the seed is told by who asked for this life
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        }
    }
}
