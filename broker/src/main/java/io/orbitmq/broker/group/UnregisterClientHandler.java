package io.orbitmq.broker.group;

import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.header.group.UnregisterClientHeader;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;

/** UNREGISTER_CLIENT: a client leaves a group, by its connection; always succeeds (protocol/07 section 2). */
public final class UnregisterClientHandler implements RequestHandler {

    private final ConsumerGroups consumers;
    private final ProducerGroups producers;

    public UnregisterClientHandler(ConsumerGroups consumers, ProducerGroups producers) {
        this.consumers = consumers;
        this.producers = producers;
    }

    @Override
    public void handle(Exchange exchange) {
        UnregisterClientHeader header =
                UnregisterClientHeader.from(exchange.request().fields());
        if (!header.producerGroup().isEmpty()) {
            producers.unregister(header.producerGroup(), exchange.connection());
        }
        if (!header.consumerGroup().isEmpty()) {
            consumers.leave(header.consumerGroup(), exchange.connection());
        }
        exchange.succeed(Fields.NONE);
    }
}
