package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.foundation.file.DiskFile;
import io.orbitmq.foundation.file.ForwardingDisk;
import io.orbitmq.foundation.file.ForwardingDiskFile;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.KeyQuery;
import io.orbitmq.store.MessageStore.DurabilityListener;
import io.orbitmq.store.ReadRequest;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.store.index.IndexedQueue;
import io.orbitmq.store.state.StateTables;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.testkit.SimulatedScheduler;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads that wait for the disk, beside appends. */
final class ColdReadTest {

    private static final Path ROOT = Path.of("/sim/store");
    private static final String FIRST_SEGMENT = "/sim/store/commitlog/00000000000000000000";
    private static final String KEY_FILES = "/sim/store/orbitmq/keys";
    private static final String QUEUE_FILES = "/sim/store/orbitmq/queues";
    private static final int SEGMENT_BYTES = 1 << 14;
    private static final long PATIENCE_SECONDS = 10;

    private final SlowDisk disk = new SlowDisk();
    private OpenStore store;

    @BeforeEach
    void openAStoreWhoseFirstMessagesAreOnDiskAlone() throws IOException {
        open();
        for (int i = 0; i < 300; i++) {
            append("message " + i, "key" + i);
            flush();
        }
        store.close();
        open();
    }

    @AfterEach
    void closeStore() throws IOException {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {FIRST_SEGMENT, QUEUE_FILES})
    void aReadThatWaitsForTheDiskHoldsUpNoAppend(String slow) {
        assertAppendsGoOnDuring(this::readFirst, slow, "message 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {FIRST_SEGMENT, KEY_FILES})
    void aSearchByKeyThatWaitsForTheDiskHoldsUpNoAppend(String slow) {
        assertAppendsGoOnDuring(() -> bodies(store.parts().keySearch.find(query("key0"))), slow, "message 0");
    }

    private void assertAppendsGoOnDuring(Supplier<List<String>> coldRead, String slow, String expected) {
        disk.slow = Path.of(slow);
        CompletableFuture<List<String>> reading = CompletableFuture.supplyAsync(coldRead);
        await(disk.waiting);

        long segments = store.parts().log.segments().size();
        List<String> told = new ArrayList<>();
        // enough for a new file of the log
        while (store.parts().log.segments().size() == segments) {
            Appended appended = append("x".repeat(500), "hot");
            store.parts().acknowledger.whenSafe(appended.endPosition(), telling(told));
            flush();
            assertThat(told).containsOnly("durable");
        }
        assertThat(reading).isNotDone();

        disk.goOn.countDown();
        assertThat(reading).succeedsWithin(Duration.ofSeconds(PATIENCE_SECONDS)).isEqualTo(List.of(expected));
    }

    private void open() throws IOException {
        SimulatedClock clock = new SimulatedClock();
        store = OpenStore.open(
                RestlessConfig.of(ROOT, FlushMode.SYNC_FLUSH, SEGMENT_BYTES, Duration.ofMillis(20)),
                new StateTables(List.of()),
                new OpenStore.Environment(
                        disk, clock, new SimulatedScheduler(clock), new StoreMemory(1024, 3, 64 << 10, 64, 1 << 20)));
    }

    private List<String> readFirst() {
        List<String> bodies = new ArrayList<>();
        ReadRequest request = new ReadRequest(0, 1, 1 << 20, 1, ReadRequest.RecordFilter.ALL, false);
        store.parts().reader.read(queue(), request, record -> bodies.add(Drafts.body(record)));
        return bodies;
    }

    private static KeyQuery query(String key) {
        return new KeyQuery("TopicA", key, 1, 0, Long.MAX_VALUE);
    }

    private static List<String> bodies(List<ByteBuffer> records) {
        return records.stream().map(Drafts::body).toList();
    }

    private Appended append(String body, String key) {
        return (Appended)
                store.parts().appender.append(queue(), Drafts.withProperties(body, "KEYS\u0001" + key + "\u0002"));
    }

    private void flush() {
        store.parts().flusher.runOnce();
    }

    private IndexedQueue queue() {
        return store.parts().queues.queue("TopicA", 0);
    }

    private static DurabilityListener telling(List<String> told) {
        return new DurabilityListener() {
            @Override
            public void durable() {
                told.add("durable");
            }

            @Override
            public void lost(String reason) {
                told.add(reason);
            }
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("reached in time")
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Reads of one file, or of those in one directory, wait until they may go on. */
    private static final class SlowDisk extends ForwardingDisk {

        private final CountDownLatch waiting = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private volatile Path slow = Path.of("/none");

        private SlowDisk() {
            super(new SimulatedDisk(1));
        }

        @Override
        public DiskFile open(Path path) throws IOException {
            return slowed(path, super.open(path));
        }

        @Override
        public DiskFile openReadOnly(Path path) throws IOException {
            return slowed(path, super.openReadOnly(path));
        }

        private DiskFile slowed(Path path, DiskFile file) {
            return new ForwardingDiskFile(file) {
                @Override
                public int read(long position, ByteBuffer target) throws IOException {
                    if (path.startsWith(slow)) {
                        waiting.countDown();
                        await(goOn);
                    }
                    return super.read(position, target);
                }
            };
        }
    }
}
