package io.orbitmq.broker.pop;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.pop.PopAnswerHeader;
import io.orbitmq.protocol.header.pop.ReceiptHandle;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.PropertyNames;
import java.nio.ByteBuffer;
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
}
