package io.orbitmq.broker.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.testkit.Lives;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** Many {@link Lives} of a consumer that gives messages back. */
final class SendBackSimulationTest {

    @Test
    void everyMessageGivenBackArrivesAsOftenAsAnsweredWhateverHappens() {
        LongAdder retries = new LongAdder();
        LongAdder deadLetters = new LongAdder();
        Lives.ordinarily(12).forEachAlone(seed -> {
            SendBackSimulation simulation = new SendBackSimulation(seed);
            simulation.run(200);
            retries.add(simulation.model().arrived(false));
            deadLetters.add(simulation.model().arrived(true));
        });
        assertThat(retries.sum()).isPositive();
        assertThat(deadLetters.sum()).isPositive();
    }
}
