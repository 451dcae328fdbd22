package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.orbitmq.store.ReadOutcome;
import io.orbitmq.store.ReadRequest;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.store.index.IndexedQueue;
import io.orbitmq.store.recovery.Recovery;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Topics of a store of Apache RocketMQ in which one record is several messages (protocol/03 section 8.2). */
final class ForeignBatchQueueTest {

    private static final String TOPIC = ForeignBatchLog.TOPIC;
    private static final int MANY = 1000;
    private static final List<String> MESSAGES = List.of("0 a", "1 b", "2 c", "3 d", "4 e", "5 f", "6 g", "7 h");

    private final SimulatedDisk disk = new SimulatedDisk(1);
    private final SimulatedStore store = new SimulatedStore(disk, FlushMode.SYNC_FLUSH, ForeignBatchLog.SEGMENT_BYTES);

    @Test
    void everyMessageOfABatchHasItsOffset() throws IOException {
        open(endingInABatch());

        assertThat(queue().minOffset()).isZero();
        assertThat(queue().maxOffset()).isEqualTo(8);
        assertThat(walk(MANY, MANY, MANY)).isEqualTo(MESSAGES);
    }

    @Test
    void noLimitOfAReadHandsABatchOutTwice() throws IOException {
        open(mixed());

        for (int limit = 1; limit <= 9; limit++) {
            assertThat(walk(limit, MANY, MANY)).as("count %d", limit).isEqualTo(MESSAGES);
            assertThat(walk(MANY, limit, MANY)).as("examined %d", limit).isEqualTo(MESSAGES);
            assertThat(walk(MANY, MANY, 100 * limit))
                    .as("bytes %d", 100 * limit)
                    .isEqualTo(MESSAGES);
        }
    }

    @Test
    void aBatchThatIsMoreThanWasAskedForComesAlone() throws IOException {
        open(mixed());

        assertThat(read(1, 1, new ArrayList<>()))
                .extracting("nextOffset", "count")
                .containsExactly(4L, 3);
        assertThat(read(0, 4, new ArrayList<>()))
                .extracting("nextOffset", "count")
                .containsExactly(4L, 4);
        assertThat(read(0, 6, new ArrayList<>()))
                .extracting("nextOffset", "count")
                .containsExactly(4L, 4);
        assertThat(read(0, 7, new ArrayList<>()))
                .extracting("nextOffset", "count")
                .containsExactly(7L, 7);
    }

    @Test
    void aReadFromTheMiddleOfABatchGetsTheWholeBatch() throws IOException {
        open(mixed());
        for (int offset = 1; offset <= 3; offset++) {
            List<String> found = new ArrayList<>();

            ReadOutcome outcome = read(offset, MANY, found);

            assertThat(found).isEqualTo(MESSAGES.subList(1, 8));
            assertThat(outcome.nextOffset()).isEqualTo(8);
        }
    }

    @Test
    void messagesOfNowGoOnBehindTheBatches() throws IOException {
        open(endingInABatch());

        append("now");
        reopen();

        assertThat(queue().maxOffset()).isEqualTo(9);
        assertThat(walk(2, MANY, MANY)).hasSize(9).startsWith("0 a").endsWith("8 now");
    }

    @Test
    void aQueueWhoseBatchesExpiredGoesOnBehindThem() throws IOException {
        open(mixed().nextSegment().other("Other"));

        assertThat(queue().minOffset()).isEqualTo(8);
        assertThat(queue().maxOffset()).isEqualTo(8);
        append("now");
        reopen();
        assertThat(queue().minOffset()).isEqualTo(8);
        assertThat(walk(MANY, MANY, MANY)).containsExactly("8 now");
    }

    @Test
    void aQueueWhoseLastExpiredRecordIsABatchGoesOnBehindAllItsMessages() throws IOException {
        open(new ForeignBatchLog()
                .single("a")
                .batch("b", "c", "d")
                .nextSegment()
                .other("Other"));

        assertThat(queue().maxOffset()).isEqualTo(4);
    }

    @Test
    void aQueueWhoseOlderBatchesExpiredBeginsWithTheFirstBatchLeft() throws IOException {
        open(mixed().nextSegment().batch("i", "j").single("k"));

        assertThat(queue().minOffset()).isEqualTo(8);
        assertThat(queue().maxOffset()).isEqualTo(11);
        assertThat(walk(1, MANY, MANY)).containsExactly("8 i", "9 j", "10 k");
    }

    @Test
    void openingCountsTheRecordsThatHaveNoWholeChecksum() throws IOException {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Logger log = (Logger) LoggerFactory.getLogger(Recovery.class);
        log.addAppender(lines);
        log.setLevel(Level.INFO);
        try {
            open(mixed());
            append("now");
            reopen();
        } finally {
            log.detachAppender(lines);
            log.setLevel(null);
        }

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(line -> line.startsWith("event=log-scanned"))
                .satisfiesExactly(
                        first -> assertThat(first).contains(" records=4 without-checksum=4 "),
                        second -> assertThat(second).contains(" without-checksum=0 "));
    }

    /** Four records of eight messages. */
    private static ForeignBatchLog mixed() {
        return new ForeignBatchLog()
                .single("a")
                .batch("b", "c", "d")
                .batch("e", "f", "g")
                .single("h");
    }

    private static ForeignBatchLog endingInABatch() {
        return new ForeignBatchLog().single("a").batch("b", "c", "d").batch("e", "f", "g", "h");
    }

    private void open(ForeignBatchLog log) throws IOException {
        log.write(disk, SimulatedStore.ROOT);
        store.open();
    }

    private void reopen() throws IOException {
        store.store().close();
        store.open();
    }

    private IndexedQueue queue() {
        return store.queue(TOPIC, 0);
    }

    private void append(String body) {
        Drafts.append(
                (drafts, positions) -> store.parts().appender.appendAll(queue(), drafts, positions),
                List.of(Drafts.text(body)));
        store.flush();
    }

    /** What a consumer sees that reads the queue from its first message to its end. */
    private List<String> walk(int maxCount, int maxExamined, int maxBytes) {
        List<String> found = new ArrayList<>();
        long next = queue().minOffset();
        while (next < queue().maxOffset()) {
            next = read(
                            new ReadRequest(next, maxCount, maxBytes, maxExamined, ReadRequest.RecordFilter.ALL, false),
                            found)
                    .nextOffset();
        }
        return found;
    }

    private ReadOutcome read(long offset, int maxCount, List<String> found) {
        return read(new ReadRequest(offset, maxCount, MANY, MANY, ReadRequest.RecordFilter.ALL, false), found);
    }

    private ReadOutcome read(ReadRequest request, List<String> found) {
        return store.parts().reader.read(queue(), request, record -> found.addAll(ForeignBatchLog.messages(record)));
    }
}
