package io.orbitmq.broker.manage.client;

import io.orbitmq.broker.group.Member;
import io.orbitmq.broker.group.ProducerGroups;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.reply.Replies;
import io.orbitmq.protocol.body.client.ProducerConnections;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.header.group.ProducerGroupHeader;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.Collection;

/** GET_PRODUCER_CONNECTION_LIST (204): the members of a live producer group. */
public final class ProducerConnectionsHandler implements RequestHandler {

    private final ProducerGroups producers;

    public ProducerConnectionsHandler(ManageParts parts) {
        this.producers = parts.producers();
    }

    @Override
    public void handle(Exchange exchange) {
        String group = ProducerGroupHeader.from(exchange.request().fields()).producerGroup();
        Collection<Member> members = producers.members(group);
        if (members.isEmpty()) {
            exchange.refuse(ResponseCode.SYSTEM_ERROR, "the producer group[" + group + "] not exist");
            return;
        }
        Replies.body(exchange, new ProducerConnections(ClientAddresses.connections(members)).encode());
    }
}
