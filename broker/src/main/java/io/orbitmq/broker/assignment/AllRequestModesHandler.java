package io.orbitmq.broker.assignment;

import io.orbitmq.protocol.body.group.MessageRequestModes;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.nio.ByteBuffer;

/** GET_ALL_MESSAGE_REQUEST_MODE: every mode that was set (protocol/07 section 15). */
final class AllRequestModesHandler implements RequestHandler {

    private final RequestModes modes;

    AllRequestModesHandler(RequestModes modes) {
        this.modes = modes;
    }

    @Override
    public void handle(Exchange exchange) {
        ByteBuffer body = ByteBuffer.wrap(MessageRequestModes.of(modes.all()).encode());
        exchange.answer(Command.response(exchange.request(), ResponseCode.SUCCESS, "", Fields.NONE, body));
    }
}
