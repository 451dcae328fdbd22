package io.orbitmq.broker.manage.broker;

import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.store.MessageStore;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DELETE_EXPIRED_COMMITLOG (329) removes expired segments now. CLEAN_EXPIRED_CONSUMEQUEUE (306) and CLEAN_UNUSED_TOPIC
 * (316) find nothing to do here: indexes shrink with the log, and a topic's queues go with the topic. All answer success.
 */
public final class CleanHandler implements RequestHandler {

    private static final Logger LOG = LoggerFactory.getLogger(CleanHandler.class);

    private final MessageStore store;

    public CleanHandler(ManageParts parts) {
        this.store = parts.store();
    }

    @Override
    public void handle(Exchange exchange) {
        if (exchange.request().code() == RequestCode.DELETE_EXPIRED_COMMITLOG) {
            int removed = store.deleteExpiredSegments();
            LOG.info(
                    "event=expired-segments-removed-by-operator count={} remote={}",
                    removed,
                    exchange.connection().remoteAddress());
        }
        exchange.succeed(Fields.NONE);
    }
}
