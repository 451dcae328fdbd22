package io.orbitmq.broker.query;

import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.header.query.ViewMessageHeader;
import io.orbitmq.store.MessageStore;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.nio.ByteBuffer;
import java.util.Optional;

/** VIEW_MESSAGE_BY_ID (33): one record by its place in the log. May wait for the disk. */
public final class MessageByPositionHandler implements RequestHandler {

    private final MessageStore store;

    public MessageByPositionHandler(MessageStore store) {
        this.store = store;
    }

    @Override
    public void handle(Exchange exchange) {
        long position = ViewMessageHeader.from(exchange.request().fields()).offset();
        Optional<ByteBuffer> found = position < 0 ? Optional.empty() : store.recordAt(position);
        if (found.isEmpty()) {
            exchange.refuse(ResponseCode.SYSTEM_ERROR, "can not find message by the offset, " + position);
            return;
        }
        exchange.answer(Command.response(exchange.request(), ResponseCode.SUCCESS, "", Fields.NONE, found.get()));
    }
}
