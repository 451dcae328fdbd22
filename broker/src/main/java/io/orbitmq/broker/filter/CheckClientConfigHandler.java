package io.orbitmq.broker.filter;

import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.filter.CompiledFilter.Unparsable;
import io.orbitmq.broker.filter.CompiledFilter.Unsupported;
import io.orbitmq.protocol.body.client.ClientConfigCheck;
import io.orbitmq.protocol.body.client.Subscription;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;

/**
 * CHECK_CLIENT_CONFIG (46): a consumer asks before it starts whether its subscription can be served (protocol/07 section
 * 11), so that it fails then instead of missing messages later. Never waits.
 */
public final class CheckClientConfigHandler implements RequestHandler {

    private final LiveConfig config;

    public CheckClientConfigHandler(LiveConfig config) {
        this.config = config;
    }

    @Override
    public void handle(Exchange exchange) {
        Subscription subscription =
                ClientConfigCheck.decode(exchange.request().body()).subscription();
        if (subscription.isTagType()) {
            exchange.succeed(Fields.NONE);
            return;
        }
        CompiledFilter compiled = FilterCompiler.compile(subscription.expressionType(), subscription.expression());
        if (!config.get().pulls().propertyFilter() || compiled instanceof Unsupported) {
            exchange.refuse(
                    ResponseCode.SYSTEM_ERROR,
                    "The broker does not support consumer to filter message by " + subscription.expressionType());
        } else if (compiled instanceof Unparsable unparsable) {
            exchange.refuse(ResponseCode.SUBSCRIPTION_PARSE_FAILED, unparsable.reason());
        } else {
            exchange.succeed(Fields.NONE);
        }
    }
}
