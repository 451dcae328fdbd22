package io.orbitmq.broker.query;

import io.orbitmq.protocol.header.offset.OffsetAnswerHeader;
import io.orbitmq.protocol.header.offset.SearchOffsetHeader;
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
        SearchOffsetHeader asked = SearchOffsetHeader.from(exchange.request().fields());
        TimeBoundary boundary =
                "UPPER".equalsIgnoreCase(asked.boundaryType()) ? TimeBoundary.UPPER : TimeBoundary.LOWER;
        long offset = store.findQueue(asked.topic(), asked.queueId())
                .map(queue -> store.offsetByTime(queue, asked.timestamp(), boundary))
                .orElse(0L);
        exchange.succeed(new OffsetAnswerHeader(offset).toFields());
    }
}
