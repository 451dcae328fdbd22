package io.orbitmq.broker.query;

import io.orbitmq.protocol.header.offset.QueueHeader;
import io.orbitmq.protocol.header.offset.StoreTimeAnswerHeader;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;

/** GET_EARLIEST_MSG_STORETIME (32): store time of a queue's oldest message, -1 when there is none. May wait for the disk. */
public final class EarliestTimeHandler implements RequestHandler {

    private static final long NONE = -1;

    private final MessageStore store;

    public EarliestTimeHandler(MessageStore store) {
        this.store = store;
    }

    @Override
    public void handle(Exchange exchange) {
        QueueHeader asked = QueueHeader.from(exchange.request().fields());
        long timestamp = store.findQueue(asked.topic(), asked.queueId())
                .map(this::earliest)
                .orElse(NONE);
        exchange.succeed(new StoreTimeAnswerHeader(timestamp).toFields());
    }

    private long earliest(LogQueue queue) {
        return store.storeTimestampAt(queue, queue.minOffset());
    }
}
