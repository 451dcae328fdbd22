package io.orbitmq.broker.pop;

import io.netty.buffer.ByteBuf;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.pop.PopAnswerHeader;
import io.orbitmq.transport.Exchange;
import java.nio.ByteBuffer;

/** Answers to pops (protocol/08 section 2.2). Stateless. */
final class PopAnswers {

    static final String NOTHING = "NO_MESSAGE_IN_QUEUE";

    private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private PopAnswers() {}

    static void found(Exchange exchange, PopAnswerHeader header, ByteBuf records) {
        exchange.answer(ResponseCode.SUCCESS, "FOUND", header.toFields(), records);
    }

    static void empty(Exchange exchange, int code, PopAnswerHeader header) {
        exchange.answer(Command.response(exchange.request(), code, NOTHING, header.toFields(), NO_BODY));
    }

    static void refuse(Exchange exchange, Refusal refusal) {
        exchange.answer(Command.response(
                exchange.request(), refusal.code(), refusal.remark(), PopAnswerHeader.NONE.toFields(), NO_BODY));
    }
}
