package io.orbitmq.broker.manage.client;

import io.orbitmq.broker.group.ConsumerGroups;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.reply.Replies;
import io.orbitmq.protocol.body.client.ConsumerConnections;
import io.orbitmq.protocol.header.group.ConsumerGroupHeader;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;

/** GET_CONSUMER_CONNECTION_LIST (203): the members of a live group and what they subscribed to. */
public final class ConsumerConnectionsHandler implements RequestHandler {

    private final ConsumerGroups groups;

    public ConsumerConnectionsHandler(ManageParts parts) {
        this.groups = parts.groups();
    }

    @Override
    public void handle(Exchange exchange) {
        String name = ConsumerGroupHeader.from(exchange.request().fields()).consumerGroup();
        OnlineGroup.orRefuse(
                exchange,
                groups,
                name,
                group -> Replies.body(
                        exchange,
                        new ConsumerConnections(
                                        ClientAddresses.connections(group.members()),
                                        group.subscriptions(),
                                        group.mode().type(),
                                        group.mode().model(),
                                        group.mode().consumeFromWhere())
                                .encode()));
    }
}
