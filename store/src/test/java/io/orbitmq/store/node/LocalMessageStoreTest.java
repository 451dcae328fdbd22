package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.foundation.file.SystemDisk;
import io.orbitmq.foundation.schedule.SystemScheduler;
import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.protocol.message.DraftRun;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.AppendOutcome.Reason;
import io.orbitmq.store.AppendOutcome.Refused;
import io.orbitmq.store.KeyQuery;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore;
import io.orbitmq.store.ReadOutcome;
import io.orbitmq.store.ReadRequest;
import io.orbitmq.store.StateTable;
import io.orbitmq.store.StoreConfig;
import io.orbitmq.store.StoreConfig.FlushMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole store on a real disk with its threads. */
final class LocalMessageStoreTest {

    @TempDir
    Path root;

    private final SystemScheduler scheduler = new SystemScheduler("test-store");

    @AfterEach
    void stopScheduler() {
        scheduler.close();
    }

    @ParameterizedTest
    @EnumSource(FlushMode.class)
    void readsBackWhatWasAcknowledgedAndAfterReopening(FlushMode mode) throws Exception {
        try (MessageStore store = open(mode)) {
            LogQueue queue = store.queue("TopicA", 1);
            for (int i = 0; i < 100; i++) {
                Appended appended = (Appended) store.append(queue, Drafts.text("message " + i));
                assertThat(appended.queueOffset()).isEqualTo(i);
                store.endTurn();
                awaitDurable(store, appended.endPosition());
            }
            assertThat(bodies(store, queue, 95))
                    .containsExactly("message 95", "message 96", "message 97", "message 98", "message 99");
        }
        try (MessageStore store = open(mode)) {
            LogQueue queue = store.findQueue("TopicA", 1).orElseThrow();
            assertThat(queue.maxOffset()).isEqualTo(100);
            assertThat(bodies(store, queue, 0)).hasSize(100).first().isEqualTo("message 0");
            assertThat(((Appended) store.append(queue, Drafts.text("next"))).queueOffset())
                    .isEqualTo(100);
        }
    }

    @ParameterizedTest
    @EnumSource(FlushMode.class)
    void acknowledgesWithoutAnEndedTurn(FlushMode mode) throws Exception {
        try (MessageStore store = open(mode)) {
            Appended appended = (Appended) store.append(store.queue("TopicA", 0), Drafts.text("alone"));
            awaitDurable(store, appended.endPosition());
            assertThat(bodies(store, store.queue("TopicA", 0), 0)).containsExactly("alone");
        }
    }

    @Test
    void appendsABatchContiguouslyOverManySegmentsAndChunks() throws Exception {
        try (MessageStore store = open(FlushMode.SYNC_FLUSH)) {
            LogQueue queue = store.queue("TopicA", 0);
            long lastEnd = 0;
            for (int batch = 0; batch < 20; batch++) {
                List<AppendOutcome> outcomes = Drafts.append(
                        (run, positions) -> store.appendAll(queue, run, positions),
                        List.of(Drafts.ofSize(200_000), Drafts.ofSize(300_000), Drafts.ofSize(10)));
                Appended first = (Appended) outcomes.get(0);
                Appended last = (Appended) outcomes.get(2);
                assertThat(last.queueOffset()).isEqualTo(first.queueOffset() + 2);
                assertThat(((Appended) outcomes.get(1)).position()).isEqualTo(first.endPosition());
                assertThat(last.position() / SEGMENT_BYTES).isEqualTo(first.position() / SEGMENT_BYTES);
                lastEnd = last.endPosition();
            }
            store.endTurn();
            awaitDurable(store, lastEnd);
            assertThat(queue.maxOffset()).isEqualTo(60);
            assertThat(store.status().minPosition()).isZero();
            assertThat(store.recordAt(0)).isPresent();
            assertThat(store.recordAt(1)).isEmpty();
            assertThat(store.recordAt(lastEnd)).isEmpty();
        }
        try (MessageStore store = open(FlushMode.SYNC_FLUSH)) {
            assertThat(store.queue("TopicA", 0).maxOffset()).isEqualTo(60);
        }
    }

    @Test
    void refusesWhatIsTooLong() throws Exception {
        try (MessageStore store = open(FlushMode.ASYNC_FLUSH)) {
            LogQueue queue = store.queue("TopicA", 0);
            assertRefused(store.append(queue, Drafts.ofSize((int) SEGMENT_BYTES)), "a log file holds");
            assertRefused(
                    store.append(queue, Drafts.withProperties("x", "a\u0001" + "b".repeat(32760) + "\u0002")),
                    "properties take");
            assertRefused(
                    store.appendAll(
                            queue, DraftRun.of(List.of(Drafts.ofSize(600_000), Drafts.ofSize(600_000))), new long[2]),
                    "Send smaller batches");
            assertThat(store.status().refusedAppends()).isEqualTo(3);
        }
    }

    @Test
    void findsByKeyAndTime() throws Exception {
        try (MessageStore store = open(FlushMode.ASYNC_FLUSH)) {
            LogQueue queue = store.queue("TopicA", 0);
            store.append(queue, Drafts.withProperties("one", "KEYS\u0001k1 k2\u0002UNIQ_KEY\u0001u1\u0002"));
            Appended second = (Appended) store.append(queue, Drafts.withProperties("two", "KEYS\u0001k2\u0002"));
            store.endTurn();
            awaitDurable(store, second.endPosition());

            assertThat(store.findByKey(new KeyQuery("TopicA", "k2", 10, 0, Long.MAX_VALUE)))
                    .map(Drafts::body)
                    .containsExactly("one", "two");
            assertThat(store.findByKey(new KeyQuery("TopicA", "u1", 10, 0, Long.MAX_VALUE)))
                    .map(Drafts::body)
                    .containsExactly("one");
            assertThat(store.findByKey(new KeyQuery("TopicB", "k2", 10, 0, Long.MAX_VALUE)))
                    .isEmpty();
            assertThat(store.storeTimestampAt(queue, 1)).isEqualTo(second.storeTimestamp());
            assertThat(store.offsetByTime(queue, second.storeTimestamp() + 1, MessageStore.TimeBoundary.LOWER))
                    .isEqualTo(2);
        }
    }

    @Test
    void tellsArrivalsInOrderOnceVisible() throws Exception {
        List<String> arrivals = new ArrayList<>();
        try (MessageStore store = open(FlushMode.SYNC_FLUSH)) {
            store.onArrival((queue, offset, tagsCode) -> {
                assertThat(queue.maxOffset()).isGreaterThan(offset);
                arrivals.add(queue + ":" + offset + ":" + tagsCode);
            });
            store.append(store.queue("TopicA", 0), Drafts.withProperties("a", "TAGS\u0001TagA\u0002"));
            Appended last = (Appended) store.append(store.queue("TopicB", 3), Drafts.text("b"));
            store.endTurn();
            awaitDurable(store, last.endPosition());
        }
        assertThat(arrivals).containsExactly("TopicA-0:0:2598919", "TopicB-3:0:0");
    }

    @Test
    void replaysStateTables() throws Exception {
        RememberedText table = new RememberedText();
        try (MessageStore store = open(FlushMode.SYNC_FLUSH, table)) {
            store.appendState("text", ByteBuffer.wrap("first".getBytes(StandardCharsets.UTF_8)));
            store.appendState("text", ByteBuffer.wrap("second".getBytes(StandardCharsets.UTF_8)));
            assertThat(table.text).isEqualTo("second");
        }
        RememberedText reopened = new RememberedText();
        try (MessageStore store = open(FlushMode.SYNC_FLUSH, reopened)) {
            assertThat(reopened.text).isEqualTo("second");
            assertThat(store.status().queues()).isEqualTo(1);
        }
    }

    @Test
    void forgetsDeletedTopicsAlsoAfterReopening() throws Exception {
        try (MessageStore store = open(FlushMode.SYNC_FLUSH)) {
            LogQueue old = store.queue("TopicA", 0);
            store.append(old, Drafts.text("old"));
            store.deleteTopicQueues("TopicA");
            assertThat(store.findQueue("TopicA", 0)).isEmpty();
            assertThat(((Appended) store.append(old, Drafts.text("new"))).queueOffset())
                    .isZero();
        }
        try (MessageStore store = open(FlushMode.SYNC_FLUSH)) {
            assertThat(bodies(store, store.queue("TopicA", 0), 0)).containsExactly("new");
        }
    }

    @Test
    void refusesASecondOpening() throws Exception {
        try (MessageStore store = open(FlushMode.SYNC_FLUSH)) {
            assertThatThrownBy(() -> open(FlushMode.SYNC_FLUSH))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("locked by another running process");
            assertThat(store.status().fenced()).isEmpty();
        }
    }

    private static final long SEGMENT_BYTES = 1 << 20;

    private MessageStore open(FlushMode mode, StateTable... tables) throws IOException {
        StoreConfig config = StoreConfig.defaults(root)
                .withSegmentSizeBytes(SEGMENT_BYTES)
                .withFlushMode(mode)
                .withFlushInterval(Duration.ofMillis(20));
        return LocalMessageStore.open(config, List.of(tables), new SystemDisk(), new SystemClock(), scheduler);
    }

    private static List<String> bodies(MessageStore store, LogQueue queue, long offset) {
        List<String> bodies = new ArrayList<>();
        ReadRequest request = new ReadRequest(offset, 1000, 1 << 24, 1000, ReadRequest.RecordFilter.ALL, false);
        ReadOutcome outcome = store.read(queue, request, record -> bodies.add(Drafts.body(record)));
        assertThat(outcome.status()).isEqualTo(ReadOutcome.Status.FOUND);
        return bodies;
    }

    private static void awaitDurable(MessageStore store, long endPosition) throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        store.whenDurable(endPosition, new MessageStore.DurabilityListener() {
            @Override
            public void durable() {
                told.countDown();
            }

            @Override
            public void lost(String reason) {
                throw new AssertionError(reason);
            }
        });
        assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void assertRefused(AppendOutcome outcome, String text) {
        assertThat(outcome).isInstanceOf(Refused.class);
        assertThat(((Refused) outcome).reason()).isEqualTo(Reason.MESSAGE_ILLEGAL);
        assertThat(((Refused) outcome).text()).contains(text);
    }

    /** A table of one text. */
    private static final class RememberedText implements StateTable {

        private volatile String text = "";

        @Override
        public String name() {
            return "text";
        }

        @Override
        public void apply(ByteBuffer change) {
            text = StandardCharsets.UTF_8.decode(change).toString();
        }

        @Override
        public ByteBuffer snapshot() {
            return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void restore(ByteBuffer snapshot) {
            text = StandardCharsets.UTF_8.decode(snapshot).toString();
        }
    }
}
