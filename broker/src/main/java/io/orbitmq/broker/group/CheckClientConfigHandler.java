package io.orbitmq.broker.group;

import io.orbitmq.protocol.body.client.ClientConfigCheck;
import io.orbitmq.protocol.body.client.Subscription;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;

/**
 * CHECK_CLIENT_CONFIG: a consumer asks before it starts whether its subscription can be served (protocol/07 section 11).
 * Tags can; property filters cannot, so the consumer fails at its start instead of missing messages.
 */
public final class CheckClientConfigHandler implements RequestHandler {

    @Override
    public void handle(Exchange exchange) {
        Subscription subscription =
                ClientConfigCheck.decode(exchange.request().body()).subscription();
        if (subscription.isTagType()) {
            exchange.succeed(Fields.NONE);
        } else {
            exchange.refuse(
                    ResponseCode.SYSTEM_ERROR,
                    "The broker does not support consumer to filter message by " + subscription.expressionType());
        }
    }
}
