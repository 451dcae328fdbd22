package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.MessageStore.DurabilityListener;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever is told of a message may break; the others are told all the same. */
final class FailingListenerTest {

    private final List<Long> told = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(FlushMode.class)
    void anErrorInAListenerKeepsNobodyElseFromBeingTold(FlushMode mode) throws IOException {
        SimulatedStore store = new SimulatedStore(new SimulatedDisk(1), mode, 1 << 20);
        store.open();
        store.parts().acknowledger.onArrival((queue, offset, tagsCode) -> {
            throw new LinkageError("for the test");
        });
        for (long number = 0; number < 4; number++) {
            tellWhenSafe(store, number);
            tellWhenSafe(store, number + 100);
            store.flush();
        }

        assertThat(told).containsExactly(0L, 100L, 1L, 101L, 2L, 102L, 3L, 103L);
        assertThat(store.queue("Topic", 0).maxOffset()).isEqualTo(8);
    }

    private void tellWhenSafe(SimulatedStore store, long number) {
        Appended appended =
                (Appended) store.parts().appender.append(store.queue("Topic", 0), Drafts.text("message " + number));
        store.parts().acknowledger.whenSafe(appended.endPosition(), new DurabilityListener() {
            @Override
            public void durable() {
                told.add(number);
                throw new LinkageError("for the test");
            }

            @Override
            public void lost(String reason) {
                throw new AssertionError(reason);
            }
        });
    }
}
