package io.orbitmq.broker.query;

import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.store.MessageStore;
import io.orbitmq.store.MessageStore.TimeBoundary;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;

/**
 * SEARCH_OFFSET_BY_TIMESTAMP (29): 0 for a queue that does not exist; any boundary but UPPER means LOWER. May wait for
 * the disk.
 */
public final class OffsetByTimeHandler implements RequestHandler {

    private final MessageStore store;

    public OffsetByTimeHandler(MessageStore store) {
        this.store = store;
    }

    @Override
    public void handle(Exchange exchange) {
        Fields fields = exchange.request().fields();
        long timestampMs = fields.requiredLong("timestamp");
        TimeBoundary boundary =
                "UPPER".equalsIgnoreCase(fields.text("boundaryType")) ? TimeBoundary.UPPER : TimeBoundary.LOWER;
        long offset = store.findQueue(fields.required("topic"), fields.requiredInt("queueId"))
                .map(queue -> store.offsetByTime(queue, timestampMs, boundary))
                .orElse(0L);
        exchange.succeed(Fields.builder().put("offset", offset).build());
    }
}
