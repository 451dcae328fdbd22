package io.orbitmq.broker.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.TransactionSettings;
import io.orbitmq.broker.fake.StoredRecords;
import io.orbitmq.broker.transaction.TransactionFixture.Half;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.send.CheckTransactionHeader;
import io.orbitmq.protocol.message.MessageProperties;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.protocol.message.RecordVerdict;
import io.orbitmq.transport.fake.RecordingConnection;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Asking producers (protocol/06 sections 4.5 and 4.6). */
final class CheckBackTest {

    private static final int COMMIT = 8;

    private final TransactionFixture broker = new TransactionFixture();
    private final RecordingConnection first = new RecordingConnection(50_001);
    private final RecordingConnection second = new RecordingConnection(50_002);

    @Test
    void asksALiveProducerAfterTheTimeout() {
        broker.register(first);
        broker.clock.advance(Duration.ofSeconds(1));
        Half half = broker.begin("K1");

        broker.scheduler.advance(Duration.ofMillis(5_900));
        assertThat(first.oneWays()).isEmpty();
        broker.scheduler.advance(Duration.ofMillis(200));

        Command question = first.oneWays().get(0);
        assertThat(question.code()).isEqualTo(RequestCode.CHECK_TRANSACTION_STATE);
        assertThat(CheckTransactionHeader.from(question.fields()))
                .isEqualTo(new CheckTransactionHeader(
                        Names.HALF_TOPIC,
                        half.queueOffset(),
                        half.position(),
                        "K1",
                        "K1",
                        half.messageId(),
                        "broker-a"));
    }

    @Test
    void showsTheProducerTheMessageAtItsRealPlace() {
        broker.register(first);
        Half half = broker.begin("K1", "TAGS^TagT~");
        broker.scheduler.advance(Duration.ofSeconds(7));

        ByteBuffer record = first.oneWays().get(0).body().duplicate();

        assertThat(MessageRecord.verify(record, 0, half.position())).isEqualTo(RecordVerdict.WHOLE);
        assertThat(MessageRecord.magic(record, 0)).isEqualTo(MessageRecord.MAGIC_V1);
        assertThat(MessageRecord.topic(record, 0)).isEqualTo("TopicT");
        assertThat(MessageRecord.queueId(record, 0)).isEqualTo(1);
        assertThat(MessageRecord.queueOffset(record, 0)).isEqualTo(half.queueOffset());
        assertThat(StoredRecords.body(record)).isEqualTo("body K1");
        MessageProperties properties = MessageProperties.ofRecord(record, 0);
        assertThat(properties.get("PGROUP")).isEqualTo("PG_T1");
        assertThat(properties.get("TAGS")).isEqualTo("TagT");
        assertThat(properties.get("TRANSACTION_CHECK_TIMES")).isEqualTo("1");
    }

    @Test
    void asksAboutAndCommitsAMessageWithAsManyPropertiesAsAreTaken() {
        broker.register(first);
        int length = 32_767;
        while (broker.sendHalf("K" + length, "TIMER_DELAY_MS^1000~a^" + "x".repeat(length) + "~")
                        .code()
                != 0) {
            length--;
        }
        ByteBuffer half = broker.records(Names.HALF_TOPIC, 0).get(0);

        broker.scheduler.advance(Duration.ofSeconds(7));

        assertThat(first.oneWays()).hasSize(1);
        Half taken = new Half("K" + length, MessageRecord.physicalOffset(half, 0), 0, "");
        assertThat(broker.end(taken, COMMIT).code()).isZero();
        assertThat(broker.table.count()).isZero();
    }

    @Test
    void asksTheProducersOfTheGroupInTurn() {
        broker.register(first);
        broker.register(second);
        broker.begin("K1");

        broker.scheduler.advance(Duration.ofSeconds(6 + 30 + 1));

        assertThat(first.oneWays()).hasSize(1);
        assertThat(second.oneWays()).hasSize(1);
    }

    @Test
    void asksNobodyAboutWhatWasDecided() {
        broker.register(first);
        Half half = broker.begin("K1");
        broker.end(half, COMMIT);

        broker.scheduler.advance(Duration.ofMinutes(5));

        assertThat(first.oneWays()).isEmpty();
    }

    @Test
    void waitsAsLongAsTheProducerAskedFor() {
        broker.register(first);
        broker.begin("K1", "CHECK_IMMUNITY_TIME_IN_SECONDS^100~");

        broker.scheduler.advance(Duration.ofSeconds(99));
        assertThat(first.oneWays()).isEmpty();
        broker.scheduler.advance(Duration.ofSeconds(2));
        assertThat(first.oneWays()).hasSize(1);
    }

    @Test
    void askingNobodyDoesNotCount() {
        Half half = broker.begin("K1");
        broker.scheduler.advance(Duration.ofMinutes(20));
        assertThat(broker.table.find(half.position()).orElseThrow().checks()).isZero();

        broker.register(first);
        broker.scheduler.advance(Duration.ofSeconds(31));
        assertThat(first.oneWays()).hasSize(1);
        assertThat(broker.table.find(half.position()).orElseThrow().checks()).isEqualTo(1);
    }

    @Test
    void closedConnectionsAreNotAsked() {
        broker.register(first);
        broker.register(second);
        first.close();
        broker.begin("K1");

        broker.scheduler.advance(Duration.ofSeconds(6 + 30 + 1));

        assertThat(second.oneWays()).hasSize(2);
    }

    @Test
    void givesUpAfterTheLastCheckAndKeepsTheMessageForOperators() {
        broker.register(first);
        broker.config.update(
                all -> all.withTransactions(new TransactionSettings(Duration.ofSeconds(6), 3, Duration.ofSeconds(10))));
        Half half = broker.begin("K1", "TAGS^TagT~");

        broker.scheduler.advance(Duration.ofSeconds(35));
        assertThat(first.oneWays()).hasSize(3);
        assertThat(broker.table.find(half.position())).isPresent();
        broker.scheduler.advance(Duration.ofSeconds(2));

        assertThat(first.oneWays()).hasSize(3);
        assertThat(broker.table.isEmpty()).isTrue();
        ByteBuffer kept = broker.records(Names.TRANSACTION_GIVEN_UP_TOPIC, 0).get(0);
        assertThat(StoredRecords.body(kept)).isEqualTo("body K1");
        assertThat(MessageRecord.property(kept, 0, "REAL_TOPIC")).isEqualTo("TopicT");
        assertThat(MessageRecord.preparedTransactionOffset(kept, 0)).isEqualTo(half.position());
        assertThat(broker.end(half, COMMIT).code()).isZero();
        assertThat(broker.bodies("TopicT", 1)).isEmpty();
    }

    @Test
    void givesUpBeforeTheLogForgetsTheMessage() {
        Half half = broker.begin("K1");

        broker.scheduler.advance(Duration.ofHours(72));
        assertThat(broker.table.neededFrom()).isEqualTo(half.position());
        broker.scheduler.advance(Duration.ofMinutes(1));

        assertThat(broker.bodies(Names.TRANSACTION_GIVEN_UP_TOPIC, 0)).containsExactly("body K1");
        assertThat(broker.table.neededFrom()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void manyOpenTransactionsAreAllAskedAboutAndThenTheBrokerSleeps() {
        broker.register(first);
        Half[] halves = new Half[2_000];
        for (int i = 0; i < halves.length; i++) {
            halves[i] = broker.begin("K" + i);
        }
        broker.scheduler.advance(Duration.ofSeconds(8));
        assertThat(first.oneWays()).hasSize(halves.length);

        for (Half half : halves) {
            broker.end(half, COMMIT);
        }
        broker.scheduler.advance(Duration.ofMinutes(2));
        assertThat(first.oneWays()).hasSize(halves.length);
        assertThat(broker.bodies("TopicT", 1)).hasSize(halves.length);

        broker.begin("later");
        broker.scheduler.advance(Duration.ofSeconds(13));
        assertThat(first.oneWays()).hasSize(halves.length + 1);
    }
}
