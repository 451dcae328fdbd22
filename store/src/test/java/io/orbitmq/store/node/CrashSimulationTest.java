package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.store.AppendOutcome.Reason;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Many lives of a store, each decided by its seed; replay one with {@code -Dorbitmq.seed=N}. */
final class CrashSimulationTest {

    private static final int LIVES = 3000;

    @Test
    void noAcknowledgedMessageIsLostWhateverHappens() {
        long only = Long.getLong("orbitmq.seed", -1);
        if (only >= 0) {
            live(only);
            return;
        }
        long crashes = 0;
        long acknowledged = 0;
        Map<Reason, Integer> refusals = new EnumMap<>(Reason.class);
        for (long seed = 0; seed < LIVES; seed++) {
            CrashSimulation simulation = live(seed);
            crashes += simulation.crashes;
            acknowledged += simulation.acknowledged();
            simulation.refusals.forEach((reason, count) -> refusals.merge(reason, count, Integer::sum));
        }
        assertThat(crashes).isGreaterThan(LIVES);
        assertThat(refusals).containsKeys(Reason.DISK_FULL, Reason.FENCED, Reason.MESSAGE_ILLEGAL);
        assertThat(acknowledged).isGreaterThan(10L * LIVES);
    }

    private static CrashSimulation live(long seed) {
        CrashSimulation simulation = new CrashSimulation(seed);
        try {
            simulation.run();
        } catch (Exception | AssertionError e) {
            throw new AssertionError(
                    "seed " + seed + " (replay with -Dorbitmq.seed=" + seed + "): " + e.getMessage(), e);
        }
        return simulation;
    }
}
