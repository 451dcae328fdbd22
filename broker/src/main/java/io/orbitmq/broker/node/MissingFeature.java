package io.orbitmq.broker.node;

import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;

/** Answers requests of a feature that this release does not have with a sentence that names it. */
record MissingFeature(String feature) implements RequestHandler {

    @Override
    public void handle(Exchange exchange) {
        exchange.refuse(
                ResponseCode.NO_PERMISSION,
                "this release of OrbitMQ has no " + feature + " yet (request code "
                        + exchange.request().code() + "); do without it or use a later release");
    }
}
