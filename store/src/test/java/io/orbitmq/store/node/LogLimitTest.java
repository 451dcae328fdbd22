package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.store.StoreConfig;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.store.index.IndexedQueue;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A whole store whose log may take so many bytes and no more. */
final class LogLimitTest {

    private static final Path ROOT = Path.of("/sim/store");
    private static final int SEGMENT_BYTES = 1 << 14;
    private static final int ROUND = 300;
    private static final String PADDING = "x".repeat(150);

    private final SimulatedDisk disk = new SimulatedDisk(11);

    @Test
    void keepsTheLogWithinItsLimitAndWhatItKeepsReadable() throws IOException {
        long limitBytes = 8 * SEGMENT_BYTES;
        AnyDiskStore store = open(limitBytes);
        store.append(store.queue("idle", 0), Drafts.text("once"));
        appendRound(store, 0);

        for (int round = 1; round < 6; round++) {
            appendRound(store, round);
            store.advance(Duration.ofSeconds(21));

            assertThat(logFileBytes()).as("bytes in round %d", round).isEqualTo(limitBytes);
            IndexedQueue busy = store.queue("busy", 0);
            assertThat(busy.maxOffset()).isEqualTo((round + 1) * ROUND);
            assertThat(busy.minOffset()).isBetween((round - 1L) * ROUND + 1, (long) round * ROUND);
            assertThat(store.bodies(busy)).isEqualTo(bodies(busy.minOffset(), busy.maxOffset()));
        }
        IndexedQueue idle = store.queue("idle", 0);
        assertThat(List.of(idle.minOffset(), idle.maxOffset())).containsExactly(1L, 1L);
    }

    @Test
    void itsBeginningIsTheSameAfterACrash() throws IOException {
        AnyDiskStore store = open(8 * SEGMENT_BYTES);
        appendRound(store, 0);
        appendRound(store, 1);
        store.advance(Duration.ofSeconds(21));
        long min = store.queue("busy", 0).minOffset();
        assertThat(min).isPositive();

        disk.crash();
        IndexedQueue busy = store.open().queue("busy", 0);

        assertThat(busy.minOffset()).isEqualTo(min);
        assertThat(store.bodies(busy)).isEqualTo(bodies(min, 2 * ROUND));
    }

    @Test
    void withoutALimitItKeepsWhatIsNotExpired() throws IOException {
        AnyDiskStore store = open(0);
        for (int round = 0; round < 4; round++) {
            appendRound(store, round);
        }
        store.advance(Duration.ofSeconds(61));

        IndexedQueue busy = store.queue("busy", 0);
        assertThat(busy.minOffset()).isZero();
        assertThat(store.bodies(busy)).isEqualTo(bodies(0, 4 * ROUND));
    }

    private AnyDiskStore open(long maxLogBytes) throws IOException {
        StoreConfig config = RestlessConfig.of(ROOT, FlushMode.SYNC_FLUSH, SEGMENT_BYTES, Duration.ofMillis(20))
                .withMaxLogBytes(maxLogBytes);
        return new AnyDiskStore(disk, config, AnyDiskStore.littleMemory()).open();
    }

    private static void appendRound(AnyDiskStore store, int round) {
        IndexedQueue busy = store.queue("busy", 0);
        for (int i = 0; i < ROUND; i++) {
            store.append(busy, Drafts.text(PADDING + (round * ROUND + i)));
            store.flush();
        }
        store.advance(Duration.ofSeconds(1));
    }

    private long logFileBytes() {
        return (long) disk.list(ROOT.resolve("commitlog")).size() * SEGMENT_BYTES;
    }

    private static List<String> bodies(long from, long to) {
        return LongStream.range(from, to).mapToObj(offset -> PADDING + offset).toList();
    }
}
