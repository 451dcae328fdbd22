package io.orbitmq.broker.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Many lives of a broker with transactions; replay one with {@code -Dorbitmq.seed=N}. */
final class TransactionSimulationTest {

    private static final int LIVES = 300;

    @Test
    void everyTransactionIsOpenOrEndedOnceAsAcknowledgedWhateverHappens() {
        long only = Long.getLong("orbitmq.seed", -1);
        if (only >= 0) {
            live(only);
            return;
        }
        long crashes = 0;
        long ends = 0;
        for (long seed = 0; seed < LIVES; seed++) {
            TransactionSimulation simulation = live(seed);
            crashes += simulation.crashes;
            ends += simulation.acknowledgedEnds();
        }
        assertThat(crashes).isGreaterThan(3L * LIVES);
        assertThat(ends).isGreaterThan(5L * LIVES);
    }

    /** On a thread of its own: brokers that crash leave what they keep per thread behind. */
    private static TransactionSimulation live(long seed) {
        TransactionSimulation simulation = new TransactionSimulation(seed);
        try {
            CompletableFuture.runAsync(() -> run(simulation), task -> new Thread(task, "simulation-" + seed).start())
                    .join();
        } catch (CompletionException e) {
            throw new AssertionError(
                    "seed " + seed + " (replay with -Dorbitmq.seed=" + seed + "): "
                            + e.getCause().getMessage(),
                    e.getCause());
        }
        return simulation;
    }

    private static void run(TransactionSimulation simulation) {
        try {
            simulation.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
