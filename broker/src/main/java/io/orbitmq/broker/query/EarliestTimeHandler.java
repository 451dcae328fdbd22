package io.orbitmq.broker.query;

import io.orbitmq.protocol.frame.Fields;
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
        Fields fields = exchange.request().fields();
        long timestamp = store.findQueue(fields.required("topic"), fields.requiredInt("queueId"))
                .map(this::earliest)
                .orElse(NONE);
        exchange.succeed(Fields.builder().put("timestamp", timestamp).build());
    }

    private long earliest(LogQueue queue) {
        return store.storeTimestampAt(queue, queue.minOffset());
    }
}
