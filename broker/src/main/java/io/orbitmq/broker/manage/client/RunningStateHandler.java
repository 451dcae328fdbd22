package io.orbitmq.broker.manage.client;

import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.group.ClientRelayHeader;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;

/** GET_CONSUMER_RUNNING_INFO (307): what one client says about itself. */
public final class RunningStateHandler implements RequestHandler {

    private final ClientRelay relay;

    public RunningStateHandler(ManageParts parts) {
        this.relay = new ClientRelay(parts.groups());
    }

    @Override
    public void handle(Exchange exchange) {
        Command request = exchange.request();
        ClientRelayHeader asked = ClientRelayHeader.from(request.fields());
        relay.relay(
                exchange, asked.consumerGroup(), asked.clientId(), Command.request(request.code(), request.fields()));
    }
}
