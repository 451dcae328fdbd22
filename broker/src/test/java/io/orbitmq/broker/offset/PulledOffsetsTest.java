package io.orbitmq.broker.offset;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.fake.MemoryStore;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.testkit.SimulatedClock;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PulledOffsetsTest {

    private final OffsetTable table = new OffsetTable();
    private final MemoryStore store = new MemoryStore(new SimulatedClock(), table);
    private final ConsumerOffsets offsets = new ConsumerOffsets(table, new StateLog(store));

    @Test
    void whatWasHandedOutLastCountsUnlessMoreIsCommitted() {
        assertThat(offsets.pulledOffset("g", "t", 2)).isEqualTo(ConsumerOffsets.UNKNOWN);

        offsets.handedOut("g", "t", 2, 10);
        assertThat(offsets.pulledOffset("g", "t", 2)).isEqualTo(10);
        assertThat(offsets.pulledOffset("g", "t", 0)).isEqualTo(ConsumerOffsets.UNKNOWN);
        assertThat(offsets.pulledOffset("other", "t", 2)).isEqualTo(ConsumerOffsets.UNKNOWN);

        offsets.handedOut("g", "t", 2, 4);
        assertThat(offsets.pulledOffset("g", "t", 2)).isEqualTo(4);
        offsets.commit("g", "t", 2, 7);
        assertThat(offsets.pulledOffset("g", "t", 2)).isEqualTo(7);
    }

    @Test
    void laterQueuesKeepTheEarlierOnes() {
        offsets.handedOut("g", "t", 0, 1);
        offsets.handedOut("g", "t", 63, 5);

        assertThat(offsets.pulledOffset("g", "t", 0)).isEqualTo(1);
        assertThat(offsets.pulledOffset("g", "t", 63)).isEqualTo(5);
        assertThat(offsets.pulledOffset("g", "t", 64)).isEqualTo(ConsumerOffsets.UNKNOWN);
    }

    @Test
    void aResetAndARemovalForgetIt() {
        offsets.handedOut("g", "t", 0, 9);
        offsets.reset("g", "t", Map.of(0, 3L));
        assertThat(offsets.pulledOffset("g", "t", 0)).isEqualTo(3);

        offsets.handedOut("g", "t", 0, 9);
        offsets.handedOut("g", "u", 0, 8);
        offsets.handedOut("h", "u", 0, 7);
        offsets.removeTopic("t");
        assertThat(offsets.pulledOffset("g", "t", 0)).isEqualTo(ConsumerOffsets.UNKNOWN);
        offsets.removeGroup("g");
        assertThat(offsets.pulledOffset("g", "u", 0)).isEqualTo(ConsumerOffsets.UNKNOWN);
        assertThat(offsets.pulledOffset("h", "u", 0)).isEqualTo(7);
    }
}
