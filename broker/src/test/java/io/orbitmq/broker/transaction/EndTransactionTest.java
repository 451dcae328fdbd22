package io.orbitmq.broker.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.fake.StoredRecords;
import io.orbitmq.broker.transaction.TransactionFixture.Half;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.header.send.EndTransactionHeader;
import io.orbitmq.protocol.message.MessageProperties;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.transport.fake.RecordingExchange;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Half messages and their ends (protocol/06 sections 4.2 and 4.3). */
final class EndTransactionTest {

    private static final int MOST_TIMER_QUEUES = 5000;

    private static final int COMMIT = 8;
    private static final int ROLL_BACK = 12;

    private final TransactionFixture broker = new TransactionFixture();

    @Test
    void halfMessageWaitsInTheHalfTopicUnderItsRealPlace() {
        Command answer = broker.sendHalf("K1", "TAGS^TagT~");

        assertThat(answer.code()).isZero();
        assertThat(answer.fields().text("queueId")).isEqualTo("1");
        assertThat(answer.fields().text("queueOffset")).isEqualTo("0");
        assertThat(answer.fields().text("transactionId")).isEqualTo("K1");
        assertThat(broker.bodies("TopicT", 1)).isEmpty();
        ByteBuffer half = broker.records(Names.HALF_TOPIC, 0).get(0);
        MessageProperties properties = MessageProperties.ofRecord(half, 0);
        assertThat(properties.get("REAL_TOPIC")).isEqualTo("TopicT");
        assertThat(properties.get("REAL_QID")).isEqualTo("1");
        assertThat(properties.get("__transactionId__")).isEqualTo("K1");
        assertThat(properties.get("PGROUP")).isEqualTo("PG_T1");
        assertThat(properties.get("TAGS")).isEqualTo("TagT");
        assertThat(MessageRecord.sysFlag(half, 0)).isZero();
        assertThat(MessageRecord.preparedTransactionOffset(half, 0)).isZero();
    }

    @Test
    void commitDeliversTheMessageWithItsPropertiesAndClosesTheTransaction() {
        Half half = broker.begin("K1", "TAGS^TagT~");
        broker.clock.advance(Duration.ofSeconds(1));

        assertThat(broker.end(half, COMMIT).code()).isZero();

        ByteBuffer message = broker.records("TopicT", 1).get(0);
        ByteBuffer prepared = broker.records(Names.HALF_TOPIC, 0).get(0);
        assertThat(StoredRecords.body(message)).isEqualTo("body K1");
        assertThat(MessageRecord.sysFlag(message, 0)).isEqualTo(8);
        assertThat(MessageRecord.flag(message, 0)).isEqualTo(7);
        assertThat(MessageRecord.preparedTransactionOffset(message, 0)).isEqualTo(half.position());
        assertThat(MessageRecord.bornTimestamp(message, 0)).isEqualTo(MessageRecord.bornTimestamp(prepared, 0));
        assertThat(MessageRecord.bornHost(message, 0)).isEqualTo(MessageRecord.bornHost(prepared, 0));
        assertThat(MessageRecord.storeTimestamp(message, 0))
                .isEqualTo(MessageRecord.storeTimestamp(prepared, 0) + 1000);
        assertThat(MessageProperties.ofRecord(message, 0).remove("__CRC32#"))
                .isEqualTo(MessageProperties.ofRecord(prepared, 0).remove("__CRC32#"));
        assertThat(broker.table.isEmpty()).isTrue();
    }

    @Test
    void rollBackDeliversNothing() {
        Half half = broker.begin("K1");

        assertThat(broker.end(half, ROLL_BACK).code()).isZero();

        assertThat(broker.bodies("TopicT", 1)).isEmpty();
        assertThat(broker.table.isEmpty()).isTrue();
    }

    @Test
    void endedTransactionIsNotEndedAgain() {
        Half half = broker.begin("K1");
        broker.end(half, COMMIT);

        assertThat(broker.end(half, COMMIT).code()).isZero();
        assertThat(broker.end(half, ROLL_BACK).code()).isZero();
        assertThat(broker.bodies("TopicT", 1)).containsExactly("body K1");

        Half other = broker.begin("K2");
        broker.end(other, ROLL_BACK);
        assertThat(broker.end(other, COMMIT).code()).isZero();
        assertThat(broker.bodies("TopicT", 1)).containsExactly("body K1");
    }

    @Test
    void oneWayCommitIsCarriedOutWithoutAnAnswer() {
        Half half = broker.begin("K1");
        Command request = Command.request(
                        RequestCode.END_TRANSACTION,
                        broker.header(half, COMMIT, false).toFields())
                .asOneWay();

        RecordingExchange exchange = broker.exchange(request);

        assertThat(exchange.isAnswered()).isFalse();
        assertThat(broker.bodies("TopicT", 1)).containsExactly("body K1");
    }

    @Test
    void olderClientsSendNoTopic() {
        Half half = broker.begin("K1");
        Fields fields = Fields.of(
                "producerGroup",
                "PG_T1",
                "tranStateTableOffset",
                Long.toString(half.queueOffset()),
                "commitLogOffset",
                Long.toString(half.position()),
                "commitOrRollback",
                "8",
                "msgId",
                "K1");

        assertThat(broker.ask(RequestCode.END_TRANSACTION, fields).code()).isZero();
        assertThat(broker.bodies("TopicT", 1)).containsExactly("body K1");
    }

    @Test
    void unknownChangesNothing() {
        Half half = broker.begin("K1");

        assertThat(broker.end(half, 0).code()).isZero();

        assertThat(broker.table.find(half.position())).isPresent();
    }

    @Test
    void wrongFieldsAreToldOneByOne() {
        Half half = broker.begin("K1");
        long offset = half.queueOffset();
        long position = half.position();

        assertRefused(end("PG_T1", offset, position, 5), 1, "commitOrRollback field wrong");
        assertRefused(end("PG_T1", offset, 7, COMMIT), 1, "Find prepared transaction message failed");
        assertRefused(end("PG_T1", offset, -1, COMMIT), 1, "Find prepared transaction message failed");
        assertRefused(end("Other", offset, position, COMMIT), 1, "The producer group wrong");
        assertRefused(end("PG_T1", offset + 1, position, COMMIT), 1, "The transaction state table offset wrong");
        assertThat(broker.table.find(position)).isPresent();
    }

    @Test
    void onlyHalfMessagesCanBeCommitted() {
        broker.end(broker.begin("K1"), COMMIT);
        long ordinary = MessageRecord.physicalOffset(broker.records("TopicT", 1).get(0), 0);

        assertRefused(end("PG_T1", 0, ordinary, COMMIT), 1, "Find prepared transaction message failed");
    }

    @Test
    void afterTheTimeTheProducerAskedForOnlyACheckEndsIt() {
        Half half = broker.begin("K1", "CHECK_IMMUNITY_TIME_IN_SECONDS^10~");
        broker.clock.advance(Duration.ofSeconds(11));

        assertThat(broker.end(half, COMMIT).code()).isEqualTo(604);

        Fields answer = broker.header(half, COMMIT, true).toFields();
        assertThat(broker.ask(RequestCode.END_TRANSACTION, answer).code()).isZero();
        assertThat(broker.bodies("TopicT", 1)).containsExactly("body K1");
    }

    @Test
    void commitToADeletedTopicLeavesTheTransactionOpen() {
        Half half = broker.begin("K1");
        broker.topics.delete("TopicT");

        assertRefused(broker.end(half, COMMIT), 17, "topic[TopicT] of the half message");
        assertThat(broker.table.find(half.position())).isPresent();
    }

    @Test
    void delayLevelOfAHalfMessageCountsFromTheCommit() {
        Half half = broker.begin("K1", "DELAY^3~");

        broker.end(half, COMMIT);

        assertThat(broker.bodies("TopicT", 1)).isEmpty();
        ByteBuffer delayed = broker.records(Names.SCHEDULE_TOPIC, 2).get(0);
        assertThat(MessageRecord.property(delayed, 0, "REAL_TOPIC")).isEqualTo("TopicT");
        assertThat(MessageRecord.preparedTransactionOffset(delayed, 0)).isEqualTo(half.position());
        assertThat(broker.table.isEmpty()).isTrue();
    }

    @Test
    void aDelayCountsFromTheCommitOn() {
        Half half = broker.begin("K1", "TIMER_DELAY_SEC^7~");
        assertThat(broker.records(Names.HALF_TOPIC, 0)).hasSize(1);
        broker.scheduler.advance(Duration.ofSeconds(3));

        assertThat(broker.end(half, COMMIT).code()).isZero();

        assertThat(broker.bodies("TopicT", 1)).isEmpty();
        ByteBuffer timed = timed();
        assertThat(MessageRecord.property(timed, 0, "TIMER_OUT_MS"))
                .isEqualTo(Long.toString(broker.clock.epochMs() + 7000));
        assertThat(MessageRecord.property(timed, 0, "REAL_TOPIC")).isEqualTo("TopicT");
        assertThat(MessageRecord.property(timed, 0, "REAL_QID")).isEqualTo("1");
        assertThat(MessageRecord.preparedTransactionOffset(timed, 0)).isEqualTo(half.position());
        assertThat(broker.table.isEmpty()).isTrue();
    }

    @Test
    void aDeliveryTimeIsKeptOrHasPassedAtTheCommit() {
        long dueMs = broker.clock.epochMs() + 5000;
        Half early = broker.begin("K1", "TIMER_DELIVER_MS^" + dueMs + "~");
        Half late = broker.begin("K2", "TIMER_DELIVER_MS^" + dueMs + "~");

        broker.end(early, COMMIT);
        assertThat(MessageRecord.property(timed(), 0, "TIMER_OUT_MS")).isEqualTo(Long.toString(dueMs));

        broker.scheduler.advance(Duration.ofSeconds(6));
        broker.end(late, COMMIT);
        assertThat(broker.bodies("TopicT", 1)).containsExactly("body K2");
    }

    @Test
    void aTimeThatCannotBeKeptIsRefusedWithTheHalfMessage() {
        assertRefused(broker.sendHalf("K1", "TIMER_DELAY_SEC^soon~"), 13, "timer message illegal");
        assertRefused(broker.sendHalf("K1", "TIMER_DELAY_SEC^999999999~"), 13, "timer message illegal");
        assertThat(broker.records(Names.HALF_TOPIC, 0)).isEmpty();
    }

    /** The only message that waits for a time. */
    private ByteBuffer timed() {
        List<ByteBuffer> waiting = new ArrayList<>();
        for (int queueId = 0; queueId < MOST_TIMER_QUEUES; queueId++) {
            waiting.addAll(broker.records(Names.TIMER_TOPIC, queueId));
        }
        assertThat(waiting).hasSize(1);
        return waiting.get(0);
    }

    private Command end(String group, long offset, long position, int decision) {
        return broker.ask(
                RequestCode.END_TRANSACTION,
                new EndTransactionHeader("TopicT", group, offset, position, decision, false, "K1", "K1").toFields());
    }

    private static void assertRefused(Command answer, int code, String text) {
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.remark()).contains(text);
    }
}
