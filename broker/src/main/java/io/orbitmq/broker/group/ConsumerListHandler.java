package io.orbitmq.broker.group;

import io.orbitmq.protocol.body.client.ConsumerList;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.header.group.ConsumerGroupHeader;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** GET_CONSUMER_LIST_BY_GROUP: the clients among which a group's queues are shared out (protocol/07 section 3). */
public final class ConsumerListHandler implements RequestHandler {

    private final ConsumerGroups consumers;

    public ConsumerListHandler(ConsumerGroups consumers) {
        this.consumers = consumers;
    }

    @Override
    public void handle(Exchange exchange) {
        String group = ConsumerGroupHeader.from(exchange.request().fields()).consumerGroup();
        Optional<LiveGroup> live = consumers.find(group);
        if (live.isEmpty()) {
            exchange.refuse(ResponseCode.SYSTEM_ERROR, "no consumer for this group, " + group);
            return;
        }
        List<String> ids = live.get().members().stream().map(Member::clientId).toList();
        ByteBuffer body = ByteBuffer.wrap(new ConsumerList(ids).encode());
        exchange.answer(Command.response(exchange.request(), ResponseCode.SUCCESS, "", Fields.NONE, body));
    }
}
