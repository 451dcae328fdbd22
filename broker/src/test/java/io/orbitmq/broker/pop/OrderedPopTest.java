package io.orbitmq.broker.pop;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.protocol.body.pop.BatchAck;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.header.pop.ReceiptHandle;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.transport.fake.RecordingExchange;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pops in order: protocol/08 section 3. */
final class OrderedPopTest {

    private final PopFixture broker = new PopFixture();

    @BeforeEach
    void twoMessages() {
        broker.store.put("T", 0, "A", "m0");
        broker.store.put("T", 0, "A", "m1");
    }

    @Test
    void handsOutOneBatchAtATimeAndMovesOverWhatIsAcknowledgedWithoutAGap() {
        Command batch = pop("");
        assertThat(PopFixture.header(batch).reviveQueueId()).isEqualTo(ReceiptHandle.ORDERED);
        assertThat(PopFixture.bodies(batch)).containsExactly("m0", "m1");
        Command blocked = pop("");
        assertThat(blocked.code()).isEqualTo(ResponseCode.POLLING_TIMEOUT);
        assertThat(PopFixture.header(blocked).rest()).isZero();

        assertThat(broker.ack("T", PopFixture.handle(batch, 0, 0, 1)).code()).isZero();
        assertThat(broker.offsets.offset("G", "T", 0)).isZero();
        assertThat(broker.ack("T", PopFixture.handle(batch, 0, 0, 0)).code()).isZero();
        assertThat(broker.offsets.offset("G", "T", 0)).isEqualTo(2);
        broker.store.put("T", 0, "A", "m2");
        assertThat(PopFixture.bodies(pop(""))).containsExactly("m2");
    }

    @Test
    void deliversTheSameAgainWithCountsWhenTheTimeHasPassed() {
        pop("");
        broker.advance(10_000);

        Command second = pop("");

        assertThat(PopFixture.bodies(second)).containsExactly("m0", "m1");
        assertThat(PopFixture.header(second).orderCounts()).isEqualTo("0 qo0%0 1;0 qo0%1 1;0 0 1");
        broker.advance(10_000);
        broker.store.put("T", 0, "A", "m2");
        assertThat(PopFixture.header(pop("")).orderCounts()).isEqualTo("0 qo0%0 2;0 qo0%1 2;0 0 0");
        assertThat(broker.topics.find("%RETRY%G_T")).isEmpty();
    }

    @Test
    void doesNotBlockTheSameAttempt() {
        pop("one");

        Command again = pop("one");

        assertThat(PopFixture.bodies(again)).containsExactly("m0", "m1");
        assertThat(PopFixture.header(again).orderCounts()).isEqualTo("0 0 0");
        assertThat(pop("two").code()).isEqualTo(ResponseCode.POLLING_TIMEOUT);
        assertThat(pop("").code()).isEqualTo(ResponseCode.POLLING_TIMEOUT);
    }

    @Test
    void ignoresAcksOfOtherPopsAndOfWhatIsDoneAndRefusesUnknownOffsets() {
        Command batch = pop("");
        ReceiptHandle handle = PopFixture.handle(batch, 0, 0, 0);
        ReceiptHandle other = new ReceiptHandle(0, handle.popTimeMs() - 1, 10_000, 999, 0, "broker-a", 0, 0);

        assertThat(broker.ack("T", other).code()).isZero();
        assertThat(broker.offsets.offset("G", "T", 0)).isZero();
        assertThat(broker.ack("T", handle).code()).isZero();
        assertThat(broker.ack("T", handle).code()).isZero();
        Command unknown = broker.ack("T", PopFixture.handle(batch, 0, 0, 2));
        assertThat(unknown.code()).isEqualTo(ResponseCode.MESSAGE_ILLEGAL);
        assertThat(unknown.remark())
                .isEqualTo(
                        "offset is illegal, key:T@G@0, old:1, commit:2, next:-1, " + broker.connection.remoteAddress());
    }

    @Test
    void givesOneMessageAnotherTime() {
        Command batch = pop("");
        ReceiptHandle first = PopFixture.handle(batch, 0, 0, 0);
        broker.ack("T", PopFixture.handle(batch, 0, 0, 1));
        broker.advance(16);

        Command changed = broker.changeInvisible("T", first, 1_000);

        assertThat(changed.fields().text("popTime")).isEqualTo(Long.toString(first.popTimeMs()));
        assertThat(changed.fields().text("invisibleTime")).isEqualTo("1016");
        assertThat(changed.fields().text("reviveQid")).isEqualTo("999");
        broker.advance(999);
        assertThat(pop("").code()).isEqualTo(ResponseCode.POLLING_TIMEOUT);
        broker.advance(1);
        assertThat(PopFixture.bodies(pop(""))).startsWith("m0");
    }

    @Test
    void wakesAPopThatWaitsWhenTheBatchIsAcknowledgedOrItsTimeHasPassed() {
        Command batch = pop("");
        broker.store.put("T", 0, "A", "m2");
        RecordingExchange waiting = broker.popHeld("order", true, "invisibleTime", 10_000);
        broker.ack("T", PopFixture.handle(batch, 0, 0, 0));
        assertThat(waiting.isAnswered()).isFalse();

        broker.ack("T", PopFixture.handle(batch, 0, 0, 1));
        assertThat(PopFixture.bodies(waiting.response())).containsExactly("m2");

        RecordingExchange second = broker.popHeld("order", true, "invisibleTime", 10_000);
        broker.advance(10_050);
        assertThat(PopFixture.bodies(second.response())).containsExactly("m2");
    }

    @Test
    void wakesAPopThatWaitedBeforeTheBatchWasPoppedWhenItsTimeHasPassed() {
        broker.ack("T", PopFixture.handle(pop(""), 0, 0, 0));
        broker.advance(10_000);
        broker.ack("T", PopFixture.handle(pop(""), 0, 0, 1));
        RecordingExchange first = broker.popHeld("order", true, "invisibleTime", 10_000);
        RecordingExchange second = broker.popHeld("order", true, "invisibleTime", 10_000);
        broker.store.put("T", 0, "A", "m2");
        assertThat(first.isAnswered()).isTrue();
        assertThat(second.isAnswered()).isFalse();

        broker.advance(10_050);

        assertThat(PopFixture.bodies(second.response())).containsExactly("m2");
    }

    @Test
    void wakesAPopThatWaitsWhenTheTimeIsShortened() {
        Command batch = pop("");
        broker.ack("T", PopFixture.handle(batch, 0, 0, 0));
        RecordingExchange waiting = broker.popHeld("order", true, "invisibleTime", 10_000);

        broker.changeInvisible("T", PopFixture.handle(batch, 0, 0, 1), 1_000);

        broker.advance(999);
        assertThat(waiting.isAnswered()).isFalse();
        broker.advance(51);
        assertThat(PopFixture.bodies(waiting.response())).containsExactly("m1");
    }

    @Test
    void wakesAPopThatWaitsWhenTheTimeOfTheRestHasPassed() {
        Command batch = pop("");
        broker.changeInvisible("T", PopFixture.handle(batch, 0, 0, 1), 14_000);
        RecordingExchange waiting = broker.popHeld("order", true, "invisibleTime", 10_000);

        broker.ack("T", PopFixture.handle(batch, 0, 0, 1));

        broker.advance(10_050);
        assertThat(PopFixture.bodies(waiting.response())).containsExactly("m0", "m1");
    }

    @Test
    void survivesARestartFromASnapshot() {
        pop("one");
        ByteBuffer snapshot = broker.table.snapshot();
        broker.table.restore(snapshot);

        assertThat(pop("two").code()).isEqualTo(ResponseCode.POLLING_TIMEOUT);
        assertThat(PopFixture.bodies(pop("one"))).containsExactly("m0", "m1");
        broker.advance(Duration.ofHours(24).toMillis());
        assertThat(PopFixture.header(pop("two")).orderCounts()).isEqualTo("0 0 0");
    }

    @Test
    void refusesAcknowledgementsSentTogetherThatAreNotStored() {
        Command batch = pop("");
        broker.store.refuseNextChange(AppendOutcome.Reason.DISK_FULL, "no space");

        Command answer = ackTogether(batch, 2);

        assertThat(answer.code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
        assertThat(answer.remark()).isEqualTo("the change was not stored: no space");
        assertThat(broker.offsets.offset("G", "T", 0)).isZero();
    }

    @Test
    void passesOverUnknownOffsetsAmongAcknowledgementsSentTogether() {
        assertThat(ackTogether(pop(""), 3).code()).isZero();

        assertThat(broker.offsets.offset("G", "T", 0)).isEqualTo(2);
    }

    @Test
    void countsWhatIsBeforeTheGroupsOffsetAsAcknowledged() {
        Command batch = pop("");
        broker.offsets.update("G", "T", 0, 1);
        broker.store.put("T", 0, "A", "m2");

        broker.ack("T", PopFixture.handle(batch, 0, 0, 1));

        assertThat(broker.offsets.offset("G", "T", 0)).isEqualTo(2);
        assertThat(PopFixture.bodies(pop(""))).containsExactly("m2");
    }

    /** The first {@code count} of a batch. */
    private Command ackTogether(Command batch, int count) {
        BitSet bits = new BitSet();
        bits.set(0, count);
        BatchAck acks = new BatchAck(
                "broker-a",
                List.of(new BatchAck.Acked(
                        "G",
                        "T",
                        0,
                        0,
                        0,
                        ReceiptHandle.ORDERED,
                        PopFixture.header(batch).popTimeMs(),
                        10_000,
                        bits)));
        return broker.send(Command.request(RequestCode.BATCH_ACK_MESSAGE, Fields.NONE, ByteBuffer.wrap(acks.encode())))
                .response();
    }

    private Command pop(String attemptId) {
        return broker.pop("order", true, "attemptId", attemptId, "invisibleTime", 10_000);
    }
}
