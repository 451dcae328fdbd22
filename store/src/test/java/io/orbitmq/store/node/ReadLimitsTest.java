package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.ReadOutcome;
import io.orbitmq.store.ReadOutcome.Status;
import io.orbitmq.store.ReadRequest;
import io.orbitmq.store.ReadRequest.RecordFilter;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.store.index.IndexedQueue;
import io.orbitmq.store.read.ReadCountingDisk;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How far a read of a queue goes: by count, by bytes, by entries examined, and what the filter spares it. */
final class ReadLimitsTest {

    private static final Path ROOT = Path.of("/sim/store");
    private static final Path LOG = ROOT.resolve("commitlog");
    private static final int SEGMENT_BYTES = 1 << 20;
    private static final int MANY = 1000;
    private static final int MUCH = 1 << 24;

    private final ReadCountingDisk disk = new ReadCountingDisk(new SimulatedDisk(1));
    private final AnyDiskStore store = new AnyDiskStore(
            disk,
            RestlessConfig.of(ROOT, FlushMode.ASYNC_FLUSH, SEGMENT_BYTES, Duration.ofMillis(20)),
            new StoreMemory(1 << 16, 8, 64 << 10, 64, 1 << 20));
    private final List<Long> offsets = new ArrayList<>();
    private IndexedQueue queue;

    @BeforeEach
    void openStore() throws IOException {
        queue = store.open().queue("t", 0);
    }

    /** Wants the tags whose hash this is; notes which records it was asked about. */
    private static final class ByTagAndRecord implements RecordFilter {

        private final long wanted;
        private final List<Long> asked = new ArrayList<>();

        ByTagAndRecord(String tag) {
            wanted = tag.hashCode();
        }

        @Override
        public boolean mayMatch(long tagsCode) {
            return tagsCode == wanted;
        }

        @Override
        public boolean readsRecord() {
            return true;
        }

        @Override
        public boolean matches(ByteBuffer record) {
            long offset = MessageRecord.queueOffset(record, 0);
            asked.add(offset);
            return offset % 2 == 0;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void returnsAsManyBytesAsAskedForAndNotOneMore(boolean cold) throws IOException {
        long first = append("A", 100);
        long second = append("A", 3000);
        append("A", 10);
        makeCold(cold);

        assertThat(read(0, MANY, (int) (first + second), MANY, RecordFilter.ALL))
                .isEqualTo(outcome(Status.FOUND, 2, 2, first + second));
        assertThat(read(0, MANY, (int) (first + second) - 1, MANY, RecordFilter.ALL))
                .isEqualTo(outcome(Status.FOUND, 1, 1, first));
        assertThat(offsets).containsExactly(0L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void returnsTheFirstMessageHoweverLargeItIs(boolean cold) throws IOException {
        append("A", 10);
        long large = append("A", 100_000);
        append("A", 10);
        makeCold(cold);

        assertThat(read(1, MANY, 1, MANY, RecordFilter.ALL)).isEqualTo(outcome(Status.FOUND, 2, 1, large));
        assertThat(offsets).containsExactly(1L);
    }

    @Test
    void whatTheFilterLeavesOutDoesNotCountAsBytes() throws IOException {
        append("other", 5000);
        long first = append("A", 100);
        append("other", 5000);
        long second = append("A", 100);
        append("A", 100);

        assertThat(read(0, MANY, (int) (first + second), MANY, tag("A")))
                .isEqualTo(outcome(Status.FOUND, 4, 2, first + second));
        assertThat(offsets).containsExactly(1L, 3L);
    }

    @Test
    void returnsAsManyMessagesAsAskedFor() throws IOException {
        long size = appendMany("A", 10);

        assertThat(read(4, 3, MUCH, MANY, RecordFilter.ALL)).isEqualTo(outcome(Status.FOUND, 7, 3, 3 * size));
        assertThat(offsets).containsExactly(4L, 5L, 6L);
        assertThat(read(4, 0, MUCH, MANY, RecordFilter.ALL)).isEqualTo(outcome(Status.FOUND, 5, 1, size));
    }

    @Test
    void looksAtAsManyEntriesAsAskedForAndGoesOnBehindThem() throws IOException {
        appendMany("other", 10);
        long size = append("A", 100);
        appendMany("other", 5);

        assertThat(read(0, MANY, MUCH, 10, tag("A"))).isEqualTo(outcome(Status.NO_MATCHED_MESSAGE, 10, 0, 0));
        assertThat(read(10, MANY, MUCH, 4, tag("A"))).isEqualTo(outcome(Status.FOUND, 14, 1, size));
        assertThat(offsets).containsExactly(10L);
        assertThat(read(14, MANY, MUCH, 4, tag("A"))).isEqualTo(outcome(Status.NO_MATCHED_MESSAGE, 16, 0, 0));
    }

    @Test
    void readsNoByteOfTheLogWhenNoTagMatches() throws IOException {
        appendMany("other", 50);
        makeCold(true);
        long before = disk.bytesRead(LOG);

        assertThat(read(0, MANY, MUCH, MANY, tag("A"))).isEqualTo(outcome(Status.NO_MATCHED_MESSAGE, 50, 0, 0));

        assertThat(disk.bytesRead(LOG) - before).isZero();
    }

    @Test
    void readsOnlyAroundTheMessagesWhoseTagsMatch() throws IOException {
        int otherBytes = 0;
        for (int i = 0; i < 10; i++) {
            otherBytes += append("other", 100_000);
        }
        append("A", 100);
        for (int i = 0; i < 10; i++) {
            otherBytes += append("other", 100_000);
        }
        makeCold(true);
        long before = disk.bytesRead(LOG);

        assertThat(read(0, MANY, MUCH, MANY, tag("A")).count()).isEqualTo(1);

        assertThat(offsets).containsExactly(10L);
        assertThat(disk.bytesRead(LOG) - before).isBetween(100L, otherBytes / 10L);
    }

    @Test
    void asksTheFilterOnlyAboutRecordsWhoseTagsMatch() throws IOException {
        for (int i = 0; i < 12; i++) {
            append(i % 3 == 0 ? "A" : "other", 100);
        }
        ByTagAndRecord filter = new ByTagAndRecord("A");

        assertThat(read(0, MANY, MUCH, MANY, filter).count()).isEqualTo(2);

        assertThat(filter.asked).containsExactly(0L, 3L, 6L, 9L);
        assertThat(offsets).containsExactly(0L, 6L);
    }

    private static RecordFilter tag(String tag) {
        return tagsCode -> tagsCode == tag.hashCode();
    }

    private ReadOutcome read(long offset, int maxCount, int maxBytes, int maxExamined, RecordFilter filter) {
        offsets.clear();
        return store.parts()
                .reader
                .read(
                        queue,
                        new ReadRequest(offset, maxCount, maxBytes, maxExamined, filter, false),
                        record -> offsets.add(MessageRecord.queueOffset(record, 0)));
    }

    private ReadOutcome outcome(Status status, long nextOffset, int count, long bytes) {
        return new ReadOutcome(status, nextOffset, 0, queue.maxOffset(), count, (int) bytes);
    }

    private long appendMany(String tag, int count) {
        long size = 0;
        for (int i = 0; i < count; i++) {
            size = append(tag, 100);
        }
        return size;
    }

    /** Returns how many bytes the record takes. */
    private int append(String tag, int bodyBytes) {
        long begin = store.parts().tail.endPosition();
        String properties = "TAGS\u0001" + tag + "\u0002";
        long end = store.append(queue, Drafts.withProperties("x".repeat(bodyBytes), properties))
                .endPosition();
        store.flush();
        return (int) (end - begin);
    }

    /** Opens the store again, so that nothing of the log is in memory. */
    private void makeCold(boolean really) throws IOException {
        if (really) {
            store.close();
            queue = store.open().queue("t", 0);
        }
    }
}
