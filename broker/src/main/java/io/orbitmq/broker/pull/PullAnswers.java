package io.orbitmq.broker.pull;

import io.netty.buffer.ByteBuf;
import io.orbitmq.broker.pull.Admission.Admitted;
import io.orbitmq.broker.pull.Admission.Refused;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.header.pull.PullAnswerHeader;
import io.orbitmq.protocol.header.pull.PullRequestHeader;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.ReadOutcome;
import io.orbitmq.transport.Exchange;
import java.nio.ByteBuffer;

/** The answers to a pull (protocol/07 sections 5.1 and 5.3). Stateless. */
final class PullAnswers {

    private static final long MASTER = 0;
    private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private PullAnswers() {}

    static void refuse(Exchange exchange, Refused refused) {
        Fields fields = refused.forbiddenType() == Admission.NOT_FORBIDDEN
                ? Fields.NONE
                : Fields.builder().put("forbiddenType", refused.forbiddenType()).build();
        exchange.answer(Command.response(exchange.request(), refused.code(), refused.remark(), fields, NO_BODY));
    }

    /** Messages were found. */
    static void found(Exchange exchange, Admitted admitted, ReadOutcome outcome, ByteBuf records) {
        exchange.answer(
                ResponseCode.SUCCESS,
                outcome.status().name(),
                fields(admitted, outcome.nextOffset(), outcome.minOffset(), outcome.maxOffset()),
                records);
    }

    /** No messages; the remark is the status. */
    static void empty(Exchange exchange, Admitted admitted, ReadOutcome outcome, int code) {
        exchange.answer(Command.response(
                exchange.request(),
                code,
                outcome.status().name(),
                fields(admitted, outcome.nextOffset(), outcome.minOffset(), outcome.maxOffset()),
                NO_BODY));
    }

    /** An operator has set the group's offset; the client goes on from there. */
    static void reset(Exchange exchange, Admitted admitted, long offset) {
        LogQueue queue = admitted.queue();
        exchange.answer(Command.response(
                exchange.request(),
                ResponseCode.PULL_OFFSET_MOVED,
                "OFFSET_RESET",
                fields(admitted, offset, queue.minOffset(), queue.maxOffset()),
                NO_BODY));
    }

    /** The response code that stands for an outcome. */
    static int codeOf(ReadOutcome outcome, PullRequestHeader asked) {
        return switch (outcome.status()) {
            case FOUND -> ResponseCode.SUCCESS;
            case NO_MATCHED_MESSAGE, MESSAGE_WAS_REMOVING -> ResponseCode.PULL_RETRY_IMMEDIATELY;
            case NO_MESSAGE_IN_QUEUE ->
                asked.queueOffset() == 0 ? ResponseCode.PULL_NOT_FOUND : ResponseCode.PULL_OFFSET_MOVED;
            case OFFSET_OVERFLOW_ONE -> ResponseCode.PULL_NOT_FOUND;
            case OFFSET_OVERFLOW_BADLY, OFFSET_TOO_SMALL -> ResponseCode.PULL_OFFSET_MOVED;
            case NEEDS_DISK ->
                throw new IllegalStateException("a read that may use the disk answered that it needs the disk: "
                        + asked.topic() + " queue " + asked.queueId() + " offset " + asked.queueOffset());
        };
    }

    private static Fields fields(Admitted admitted, long next, long min, long max) {
        return new PullAnswerHeader(
                        MASTER,
                        next,
                        min,
                        max,
                        admitted.topicSysFlag(),
                        admitted.groupSysFlag(),
                        Admission.NOT_FORBIDDEN)
                .toFields();
    }
}
