package io.orbitmq.broker.delay;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.fake.SmallStore;
import io.orbitmq.broker.fake.StoredRecords;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What waits longer than messages are kept, as nobody was there to deliver it. */
final class WaitingIsKeptTest {

    private static final int SEGMENT_BYTES = 16 << 10;
    private static final Duration RETENTION = Duration.ofHours(3);

    private final DelayWorld world = new DelayWorld(
            new SimulatedDisk(1),
            new SmallStore(SEGMENT_BYTES, FlushMode.SYNC_FLUSH, RETENTION, Duration.ofMinutes(1)),
            1000);

    /** In a bucket, in a roll lane, and of a level. */
    @ParameterizedTest
    @ValueSource(strings = {"TIMER_DELAY_MS^600000~", "TIMER_DELAY_MS^7200000~", "DELAY^14~"})
    void retentionRightAfterAStartKeepsMessagesThatWait(String property) throws IOException {
        world.open();
        send("waits", property + "UNIQ_KEY^K~");
        for (int i = 0; i < 3 * SEGMENT_BYTES / 1000; i++) {
            send("x".repeat(1000), "UNIQ_KEY^U" + i + "~");
        }
        world.close();
        world.clock.advance(RETENTION.multipliedBy(2));

        world.open();
        world.store.removeSegmentsBefore(world.nowMs() - RETENTION.toMillis());
        world.advance(Duration.ofMinutes(1));

        assertThat(delivered()).contains("waits");
    }

    private void send(String body, String properties) {
        world.send(body, 0, properties);
        world.store.endTurn();
        world.advance(Duration.ofMillis(1));
    }

    private List<String> delivered() {
        List<String> bodies = new ArrayList<>();
        world.collect(record -> bodies.add(StoredRecords.body(record)));
        return bodies;
    }
}
