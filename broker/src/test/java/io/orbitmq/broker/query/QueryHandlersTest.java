package io.orbitmq.broker.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.broker.fake.ReadableStore;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.frame.MissingFieldException;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.transport.RequestHandler;
import io.orbitmq.transport.fake.RecordingExchange;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class QueryHandlersTest {

    private final SimulatedClock clock = new SimulatedClock();
    private final ReadableStore store = new ReadableStore(clock);

    @Test
    void newestAndOldestOffset() {
        store.put("T", 1, "a", "x");
        store.put("T", 1, "a", "y");
        store.fakeQueue("T", 1).setMinOffset(1);

        assertThat(ask(QueueEndHandler.newest(store), "topic", "T", "queueId", "1", "committed", "true")
                        .fields())
                .isEqualTo(Fields.of("offset", "2"));
        assertThat(ask(QueueEndHandler.oldest(store), "topic", "T", "queueId", "1")
                        .fields())
                .isEqualTo(Fields.of("offset", "1"));
    }

    @Test
    void unknownQueueEndsAtZeroAndIsNotCreated() {
        assertThat(ask(QueueEndHandler.newest(store), "topic", "T", "queueId", "9")
                        .fields())
                .isEqualTo(Fields.of("offset", "0"));
        assertThat(ask(QueueEndHandler.oldest(store), "topic", "T", "queueId", "-1")
                        .fields())
                .isEqualTo(Fields.of("offset", "0"));
        assertThat(store.findQueue("T", 9)).isEmpty();
    }

    @Test
    void missingFieldIsToldByName() {
        assertThatThrownBy(() -> ask(QueueEndHandler.newest(store), "topic", "T"))
                .isInstanceOf(MissingFieldException.class)
                .hasMessageContaining("queueId");
    }

    @Test
    void earliestStoreTime() {
        long firstAt = clock.epochMs();
        store.put("T", 0, "a", "x");
        clock.advance(Duration.ofSeconds(5));
        store.put("T", 0, "a", "y");

        EarliestTimeHandler handler = new EarliestTimeHandler(store);
        assertThat(ask(handler, "topic", "T", "queueId", "0").fields())
                .isEqualTo(Fields.of("timestamp", Long.toString(firstAt)));
        assertThat(ask(handler, "topic", "T", "queueId", "1").fields()).isEqualTo(Fields.of("timestamp", "-1"));
    }

    @Test
    void offsetByTimeWithBothBoundaries() {
        long first = clock.epochMs();
        store.put("T", 0, "a", "1");
        store.put("T", 0, "a", "2");
        clock.advance(Duration.ofSeconds(1));
        store.put("T", 0, "a", "3");

        assertThat(search(first, "")).isEqualTo("0");
        assertThat(search(first, "UPPER")).isEqualTo("1");
        assertThat(search(first + 1, "LOWER")).isEqualTo("2");
        assertThat(search(first + 1, "upper")).isEqualTo("1");
        assertThat(search(first + 5_000, "nonsense")).isEqualTo("3");
        assertThat(ask(new OffsetByTimeHandler(store), "topic", "X", "queueId", "0", "timestamp", "1")
                        .fields())
                .isEqualTo(Fields.of("offset", "0"));
    }

    @Test
    void messageByPosition() {
        store.put("T", 0, "a", "first");
        long position = store.put("T", 0, "a", "second");
        MessageByPositionHandler handler = new MessageByPositionHandler(store);

        ByteBuffer record = ask(handler, "offset", Long.toString(position)).body();

        assertThat(MessageRecord.physicalOffset(record, 0)).isEqualTo(position);
        assertThat(ask(handler, "offset", "7").remark()).isEqualTo("can not find message by the offset, 7");
        assertThat(ask(handler, "offset", "-7").code()).isEqualTo(1);
    }

    @Test
    void messagesByKeyInOneBody() {
        store.put("T", 0, "KEYS\u0001k1\u0002", new byte[10]);
        store.put("T", 1, "KEYS\u0001k2\u0002", new byte[10]);
        store.put("T", 0, "KEYS\u0001k1\u0002", new byte[10]);

        Command found = byKey("k1", "64", "false");

        assertThat(found.code()).isZero();
        int first = MessageRecord.totalSize(found.body(), 0);
        assertThat(found.body().remaining()).isEqualTo(2 * first);
        assertThat(found.fields().longOr("indexLastUpdateTimestamp", 0)).isEqualTo(clock.epochMs());
        assertThat(found.fields().longOr("indexLastUpdatePhyoffset", 0))
                .isEqualTo(store.status().indexedPosition());
    }

    @Test
    void nothingFoundByKeyIsCode22WithBothFieldsZero() {
        Command none = byKey("k9", "64", "false");

        assertThat(none.code()).isEqualTo(22);
        assertThat(none.remark()).isEqualTo("can not find message, maybe time range not correct");
        assertThat(none.fields())
                .isEqualTo(Fields.of("indexLastUpdateTimestamp", "0", "indexLastUpdatePhyoffset", "0"));
    }

    @Test
    void countIsLimitedTo64AndTo32ByUniqueKey() {
        for (int i = 0; i < 100; i++) {
            store.put("T", 0, "KEYS\u0001k\u0002", new byte[1]);
        }
        int size = MessageRecord.totalSize(byKey("k", "1", "false").body(), 0);

        assertThat(byKey("k", "1", "false").body().remaining()).isEqualTo(size);
        assertThat(byKey("k", "0", "false").body().remaining()).isEqualTo(size);
        assertThat(byKey("k", "1000", "false").body().remaining()).isEqualTo(64 * size);
        assertThat(byKey("k", "1000", "true").body().remaining()).isEqualTo(32 * size);
        assertThat(byKey("k", "1", "true").body().remaining()).isEqualTo(32 * size);
    }

    @Test
    void answerNeverExceedsAFrame() {
        for (int i = 0; i < 10; i++) {
            store.put("T", 0, "KEYS\u0001big\u0002", new byte[3 * 1024 * 1024]);
        }

        assertThat(byKey("big", "64", "false").body().remaining()).isBetween(6 * 1024 * 1024, 8 * 1024 * 1024);
    }

    private Command byKey(String key, String max, String unique) {
        return ask(
                new MessagesByKeyHandler(store),
                "topic",
                "T",
                "key",
                key,
                "maxNum",
                max,
                "beginTimestamp",
                "0",
                "endTimestamp",
                Long.toString(Long.MAX_VALUE),
                "_UNIQUE_KEY_QUERY",
                unique);
    }

    private String search(long timestamp, String boundary) {
        return ask(
                        new OffsetByTimeHandler(store),
                        "topic",
                        "T",
                        "queueId",
                        "0",
                        "timestamp",
                        Long.toString(timestamp),
                        "boundaryType",
                        boundary)
                .fields()
                .text("offset");
    }

    private static Command ask(RequestHandler handler, String... namesAndValues) {
        RecordingExchange exchange = new RecordingExchange(Command.request(0, Fields.of(namesAndValues)));
        handler.handle(exchange);
        return exchange.response();
    }
}
