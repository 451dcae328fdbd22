package io.orbitmq.broker.pop;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.protocol.body.pop.BatchAck;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.header.pop.PopAnswerHeader;
import io.orbitmq.protocol.header.pop.ReceiptHandle;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.transport.fake.RecordingExchange;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PopHandlerTest {

    private final PopFixture broker = new PopFixture();

    @Test
    void handsOutMessagesOfAllQueuesAndMovesTheOffset() {
        broker.store.put("T", 0, "A", "a0");
        broker.store.put("T", 1, "A", "b0");
        broker.store.put("T", 1, "A", "b1");

        Command answer = broker.pop();

        assertThat(answer.code()).isEqualTo(ResponseCode.SUCCESS);
        assertThat(answer.remark()).isEqualTo("FOUND");
        assertThat(PopFixture.bodies(answer)).containsExactly("b0", "b1", "a0");
        PopAnswerHeader header = PopFixture.header(answer);
        assertThat(header.startOffsets()).isEqualTo("0 1 0;0 0 0");
        assertThat(header.messageOffsets()).isEqualTo("0 1 0,1;0 0 0");
        assertThat(header.popTimeMs()).isEqualTo(broker.clock.epochMs());
        assertThat(header.invisibleTimeMs()).isEqualTo(60_000);
        assertThat(header.rest()).isZero();
        assertThat(broker.offsets.offset("G", "T", 1)).isEqualTo(2);
        assertThat(broker.pop().code()).isEqualTo(ResponseCode.POLLING_TIMEOUT);
    }

    @Test
    void copiesWhatIsNotAcknowledgedInTimeToTheRetryTopic() {
        broker.store.put("T", 0, "A", "m");
        Command first = broker.pop();
        long popTime = PopFixture.header(first).popTimeMs();

        broker.advance(59_999);
        assertThat(broker.topics.find("%RETRY%G_T")).isEmpty();
        broker.advance(1);
        assertThat(broker.topics.find("%RETRY%G_T")).isPresent();

        Command second = broker.pop();
        assertThat(PopFixture.header(second).startOffsets()).isEqualTo("1 0 0");
        assertThat(PopFixture.header(second).messageOffsets()).isEqualTo("1 0 0");
        ByteBuffer record = PopFixture.records(second).get(0);
        assertThat(MessageRecord.topic(record, 0)).isEqualTo("T");
        assertThat(MessageRecord.reconsumeTimes(record, 0)).isEqualTo(1);
        assertThat(MessageRecord.property(record, 0, PropertyNames.FIRST_POP_TIME))
                .isEqualTo(Long.toString(popTime));
        assertThat(MessageRecord.property(record, 0, PropertyNames.UNIQ_KEY)).isEqualTo("KEY");
        ReceiptHandle handle = ReceiptHandle.parse(MessageRecord.property(record, 0, PropertyNames.POP_CK));
        assertThat(handle)
                .isEqualTo(new ReceiptHandle(
                        0,
                        popTime + 60_000,
                        60_000,
                        PopFixture.header(second).reviveQueueId(),
                        1,
                        broker.config.get().identity().brokerName(),
                        0,
                        0));
        assertThat(broker.table.messagesOut()).isEqualTo(1);
    }

    @Test
    void deliversNothingAgainThatWasAcknowledged() {
        broker.store.put("T", 0, "A", "m0");
        broker.store.put("T", 0, "A", "m1");
        Command answer = broker.pop();

        assertThat(broker.ack("T", PopFixture.handle(answer, 0, 0, 0)).code()).isZero();
        assertThat(broker.table.messagesOut()).isEqualTo(1);
        broker.advance(60_000);

        assertThat(PopFixture.bodies(broker.pop())).containsExactly("m1");
        assertThat(broker.ack("T", PopFixture.handle(answer, 0, 0, 1)).code()).isZero();
        assertThat(broker.table.messagesOut()).isEqualTo(1);
    }

    @Test
    void startsAtTheEndOnlyWhereATopicIsOld() {
        broker.store.put("T", 0, "A", "m0");
        broker.store.put("T", 0, "A", "m1");
        assertThat(PopFixture.bodies(broker.pop("initMode", 1, "queueId", 0))).containsExactly("m0", "m1");

        broker.store.fakeQueue("T", 0).setMinOffset(1);
        broker.store.put("T", 0, "A", "m2");
        assertThat(PopFixture.bodies(broker.pop("initMode", 1, "queueId", 0, "consumerGroup", "H")))
                .containsExactly("m2");
        assertThat(PopFixture.bodies(broker.pop("initMode", 0, "queueId", 0, "consumerGroup", "K")))
                .containsExactly("m1", "m2");
    }

    @Test
    void honoursAResetOfTheOffset() {
        broker.store.put("T", 0, "A", "m0");
        broker.store.put("T", 0, "A", "m1");
        broker.pop();

        broker.offsets.reset("G", "T", Map.of(0, 1L));

        assertThat(PopFixture.bodies(broker.pop())).containsExactly("m1");
        assertThat(broker.offsets.pendingReset("G", "T", 0)).isNegative();
        assertThat(broker.table.messagesOut()).isEqualTo(2);
    }

    @Test
    void looksAtTheRetryTopicFirstAsOftenAsItIsTold() {
        broker.store.put("T", 0, "A", "old");
        broker.pop("invisibleTime", 10);
        broker.advance(10);
        broker.store.put("T", 0, "A", "new");

        broker.chances.addAll(List.of(19, 0, 0));
        assertThat(PopFixture.bodies(broker.pop("maxMsgNums", 1))).containsExactly("old");
        assertThat(PopFixture.bodies(broker.pop("maxMsgNums", 1))).containsExactly("new");
    }

    @Test
    void writesV2RetryTopicsWhenToldAndSendsRetriedMessagesToTheSameTopicAgain() {
        broker.config.update(all -> all.withPops(all.pops().withRetryTopicV2(true)));
        broker.store.put("T", 0, "A", "m");
        broker.pop("invisibleTime", 10);
        broker.advance(10);
        assertThat(broker.topics.find("%RETRY%G+T")).isPresent();

        broker.chances.addAll(List.of(99, 0, 0));
        Command second = broker.pop("invisibleTime", 10);
        assertThat(PopFixture.header(second).messageOffsets()).isEqualTo("2 0 0");
        broker.advance(10);
        broker.chances.addAll(List.of(99, 0, 0));
        Command third = broker.pop();
        assertThat(PopFixture.header(third).messageOffsets()).isEqualTo("2 0 1");
        assertThat(MessageRecord.reconsumeTimes(PopFixture.records(third).get(0), 0))
                .isEqualTo(2);
    }

    @Test
    void movesPastWhatIsFilteredOut() {
        broker.store.put("T", 0, "B", "unwanted");
        broker.store.put("T", 0, "A", "wanted");

        Command answer = broker.pop("exp", "A");

        assertThat(PopFixture.header(answer).startOffsets()).isEqualTo("0 0 0");
        assertThat(PopFixture.header(answer).messageOffsets()).isEqualTo("0 0 1");
        assertThat(broker.offsets.offset("G", "T", 0)).isEqualTo(2);
    }

    @Test
    void readsOldMessagesOnThePoolForIt() {
        broker.store.put("T", 0, "A", "m");
        broker.store.setCold(true);

        RecordingExchange pop = broker.send(RequestCode.POP_MESSAGE, broker.popFields());

        assertThat(pop.isAnswered()).isFalse();
        broker.coldReads.poll().run();
        pop.endTurn();
        assertThat(PopFixture.bodies(pop.response())).containsExactly("m");
        broker.coldReadLimit = 0;
        assertThat(broker.pop("consumerGroup", "H").code()).isEqualTo(ResponseCode.SYSTEM_BUSY);
    }

    @Test
    void passesOverAQueueWithTooManyMessagesOut() {
        broker.config.update(all -> all.withPops(all.pops().withInflightLimit(1)));
        for (int i = 0; i < 4; i++) {
            broker.store.put("T", 0, "A", "m" + i);
        }
        assertThat(PopFixture.bodies(broker.pop("maxMsgNums", 2))).hasSize(2);

        Command over = broker.pop("maxMsgNums", 2);

        assertThat(over.code()).isEqualTo(ResponseCode.POLLING_TIMEOUT);
        assertThat(PopFixture.header(over).rest()).isEqualTo(2);
    }

    @Test
    void hidesAMessageForAnotherTime() {
        broker.store.put("T", 0, "A", "m");
        Command first = broker.pop("invisibleTime", 1_000);
        broker.advance(900);

        Command changed = broker.changeInvisible("T", PopFixture.handle(first, 0, 0, 0), 5_000);

        assertThat(changed.code()).isZero();
        assertThat(changed.fields().text("popTime")).isEqualTo(Long.toString(broker.clock.epochMs()));
        assertThat(changed.fields().text("invisibleTime")).isEqualTo("5000");
        broker.advance(4_999);
        assertThat(broker.pop().code()).isEqualTo(ResponseCode.POLLING_TIMEOUT);
        broker.advance(1);
        assertThat(PopFixture.bodies(broker.pop())).containsExactly("m");
        assertThat(broker.changeInvisible("T", PopFixture.handle(first, 0, 0, 0), 10)
                        .code())
                .isZero();
    }

    @Test
    void acknowledgesManyAtOnce() {
        for (int i = 0; i < 10; i++) {
            broker.store.put("T", 0, "A", "m" + i);
        }
        PopAnswerHeader header = PopFixture.header(broker.pop());
        BitSet bits = BitSet.valueOf(new byte[] {9, 2});
        BatchAck batch = new BatchAck(
                "broker-a", List.of(new BatchAck.Acked("G", "T", 0, 0, 0, 3, header.popTimeMs(), 60_000, bits)));

        Command answer = broker.send(
                        Command.request(RequestCode.BATCH_ACK_MESSAGE, Fields.NONE, ByteBuffer.wrap(batch.encode())))
                .response();

        assertThat(answer.code()).isZero();
        assertThat(broker.table.messagesOut()).isEqualTo(7);
        assertThat(broker.send(Command.request(RequestCode.BATCH_ACK_MESSAGE, Fields.NONE))
                        .response()
                        .code())
                .isEqualTo(ResponseCode.NO_MESSAGE);
    }

    @Test
    void refusesAcknowledgementsSentTogetherOfWhichSomeAreNotStored() {
        int count = 2_400;
        for (int i = 0; i < count; i++) {
            broker.store.put("T", 0, "A", "m" + i);
        }
        long popTimeMs = broker.clock.epochMs();
        for (int i = 0; i < count; i += 32) {
            broker.pop();
        }
        BitSet bits = new BitSet();
        bits.set(0, count);
        BatchAck batch =
                new BatchAck("broker-a", List.of(new BatchAck.Acked("G", "T", 0, 0, 0, 3, popTimeMs, 60_000, bits)));
        broker.store.refuseNextChange(AppendOutcome.Reason.BUSY, "too many bytes wait");

        Command answer = broker.send(
                        Command.request(RequestCode.BATCH_ACK_MESSAGE, Fields.NONE, ByteBuffer.wrap(batch.encode())))
                .response();

        assertThat(broker.table.messagesOut()).isPositive().isLessThan(count);
        assertThat(answer.code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
        assertThat(answer.remark()).contains("too many bytes wait");
    }

    @Test
    void revivesNothingOfADeletedTopicOrGroup() {
        broker.groups.onDeleted(broker.pops::groupDeleted);
        broker.store.put("T", 0, "A", "m");
        broker.pop();
        broker.groups.delete("G");
        assertThat(broker.table.messagesOut()).isZero();
        broker.store.put("T", 0, "A", "n");
        assertThat(PopFixture.bodies(broker.pop())).containsExactly("n");

        broker.topics.delete("T");

        assertThat(broker.table.messagesOut()).isZero();
        assertThat(broker.table.keys()).isEmpty();
        broker.advance(60_000);
        assertThat(broker.topics.find("%RETRY%G_T")).isEmpty();
    }
}
