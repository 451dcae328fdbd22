package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.store.KeyQuery;
import io.orbitmq.store.MessageStore.TimeBoundary;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.store.index.IndexedQueue;
import io.orbitmq.store.read.ReadCountingDisk;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a search reads from the disk when nothing is in memory, of a short log and of one 16 times as long. Both are
 * indexed in as many runs: each run costs a search the same, and there are more only when the log grows twelvefold.
 */
final class SearchCostTest {

    private static final int FEW = 1_000;
    private static final int MANY = 16 * FEW;
    private static final int RUNS = 10;

    private static final Path ROOT = Path.of("/sim/store");
    private static final int PAGE_BYTES = 4096;
    /** Of pages that are read along with one, once two neighbours were asked for. */
    private static final int PAGES_AHEAD = 7;
    /** A place is guessed, so that it is on the first page that is looked at or one beside it. */
    private static final int PAGES_OF_A_RUN = 2;
    /** The record's head, and then all of it. */
    private static final int READS_OF_A_RECORD = 2;

    private final ReadCountingDisk disk = new ReadCountingDisk(new SimulatedDisk(1));
    private final AnyDiskStore store = new AnyDiskStore(
            disk,
            RestlessConfig.of(ROOT, FlushMode.ASYNC_FLUSH, 1 << 20, Duration.ofSeconds(2)),
            new StoreMemory(1024, 3, 4 << 20, 64, 1 << 20));
    private final List<Long> times = new ArrayList<>();
    private IndexedQueue queue;

    /** Reads from the log, and pages of the two indexes. */
    private record Cost(long logReads, long queuePages, long keyPages) {}

    @ParameterizedTest
    @ValueSource(ints = {FEW, MANY})
    void aSearchByTimeReadsOneMoreRecordWhenTheQueueIsTwiceAsLong(int messages) throws IOException {
        fill(messages);
        int halvings = Integer.SIZE - Integer.numberOfLeadingZeros(messages);

        for (int offset : new int[] {0, messages / 3, messages / 2, messages - 1}) {
            Cost cost = costOf(
                    () -> assertThat(store.parts().reader.offsetByTime(queue, times.get(offset), TimeBoundary.LOWER))
                            .isEqualTo(offset));

            assertThat(cost.logReads()).isBetween(1L, (long) halvings);
            assertThat(cost.queuePages()).isBetween(1L, (long) halvings + RUNS + PAGES_AHEAD);
            assertThat(cost.keyPages()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {FEW, MANY})
    void aSearchByKeyReadsTheRecordAndSomePagesOfEachRunHoweverLongTheLogIs(int messages) throws IOException {
        fill(messages);

        for (int offset : new int[] {0, messages / 3, messages / 2, messages - 1}) {
            Cost cost = costOf(() -> assertThat(find("k" + offset)).containsExactly("body " + offset));

            assertThat(cost.logReads()).isEqualTo(READS_OF_A_RECORD);
            assertThat(cost.keyPages()).isBetween(1L, (long) RUNS * PAGES_OF_A_RUN);
            assertThat(cost.queuePages()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {FEW, MANY})
    void aSearchForAKeyThatIsNotThereReadsNoRecord(int messages) throws IOException {
        fill(messages);

        for (String key : List.of("none", "k-1", "k" + messages)) {
            Cost cost = costOf(() -> assertThat(find(key)).isEmpty());

            assertThat(cost.logReads()).isZero();
            assertThat(cost.keyPages()).isBetween(1L, (long) RUNS * PAGES_OF_A_RUN);
        }
    }

    private void fill(int messages) throws IOException {
        queue = store.open().queue("t", 0);
        for (int i = 0; i < messages; i++) {
            String keys = "KEYS\u0001k" + i + "\u0002";
            times.add(store.append(queue, Drafts.withProperties("body " + i, keys))
                    .storeTimestamp());
            store.clock.advance(Duration.ofMillis(1));
            boolean runEnds = (i + 1) % (messages / RUNS) == 0;
            if (runEnds || i % 32 == 0) {
                store.flush();
            }
            if (runEnds) {
                store.parts().checkpointer.runClean();
            }
        }
        assertThat(store.parts().queues.runCount()).isEqualTo(RUNS);
        assertThat(store.parts().keys.runCount()).isEqualTo(RUNS);
    }

    private List<String> find(String key) {
        return store.parts().keySearch.find(new KeyQuery("t", key, 32, 0, Long.MAX_VALUE)).stream()
                .map(Drafts::body)
                .toList();
    }

    /** Opens the store again first, so that nothing is in memory. */
    private Cost costOf(Runnable search) throws IOException {
        store.close();
        queue = store.open().queue("t", 0);
        Cost before = readSoFar();
        search.run();
        Cost after = readSoFar();
        return new Cost(
                after.logReads() - before.logReads(),
                after.queuePages() - before.queuePages(),
                after.keyPages() - before.keyPages());
    }

    private Cost readSoFar() {
        return new Cost(
                disk.reads(ROOT.resolve("commitlog")),
                disk.bytesRead(ROOT.resolve("orbitmq/queues")) / PAGE_BYTES,
                disk.bytesRead(ROOT.resolve("orbitmq/keys")) / PAGE_BYTES);
    }
}
