package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.store.AppendOutcome.Reason;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.testkit.Lives;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** Many {@link Lives} of a store. */
final class CrashSimulationTest {

    @Test
    void noAcknowledgedMessageIsLostWhateverHappens() {
        Lives lives = Lives.ordinarily(3000);
        LongAdder crashes = new LongAdder();
        LongAdder acknowledged = new LongAdder();
        Map<Reason, Integer> refusals = new EnumMap<>(Reason.class);
        LongAdder trims = new LongAdder();
        LongAdder crashedTrims = new LongAdder();
        LongAdder failedTrims = new LongAdder();
        Set<FlushMode> modes = EnumSet.noneOf(FlushMode.class);
        lives.forEach(seed -> {
            CrashSimulation simulation = new CrashSimulation(seed);
            simulation.run();
            crashes.add(simulation.crashes);
            acknowledged.add(simulation.acknowledged());
            trims.add(simulation.retention.trims);
            crashedTrims.add(simulation.retention.crashes);
            failedTrims.add(simulation.retention.failures);
            modes.add(simulation.mode);
            simulation.refusals.forEach((reason, count) -> refusals.merge(reason, count, Integer::sum));
        });
        if (!Lives.isReplay()) {
            assertThat(modes).containsExactlyInAnyOrder(FlushMode.values());
            assertThat(crashes.sum()).isGreaterThan(lives.count());
            assertThat(refusals).containsKeys(Reason.DISK_FULL, Reason.FENCED, Reason.MESSAGE_ILLEGAL);
            assertThat(acknowledged.sum()).isGreaterThan(10 * lives.count());
            assertThat(trims.sum()).isGreaterThan(lives.count());
            assertThat(crashedTrims.sum()).isGreaterThan(lives.count() / 10);
            assertThat(failedTrims.sum()).isGreaterThan(lives.count() / 100);
        }
    }
}
