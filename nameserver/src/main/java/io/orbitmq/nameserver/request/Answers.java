package io.orbitmq.nameserver.request;

import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.transport.Exchange;
import java.nio.ByteBuffer;

/** Answers in the form that most requests need. Stateless. */
final class Answers {

    private Answers() {}

    static void succeed(Exchange exchange) {
        exchange.succeed(Fields.NONE);
    }

    static void succeed(Exchange exchange, byte[] body) {
        succeed(exchange, Fields.NONE, body);
    }

    static void succeed(Exchange exchange, Fields fields, byte[] body) {
        exchange.answer(Command.response(exchange.request(), ResponseCode.SUCCESS, "", fields, ByteBuffer.wrap(body)));
    }
}
