package io.orbitmq.broker.offset;

import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.header.offset.OffsetAnswerHeader;
import io.orbitmq.protocol.header.offset.QueryOffsetHeader;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore;
import io.orbitmq.store.ReadOutcome;
import io.orbitmq.store.ReadRequest;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.Optional;

/**
 * QUERY_CONSUMER_OFFSET: where a group goes on reading (protocol/07 section 6). A group without offset starts at 0 while
 * the queue's first message is still in memory; else the client decides by its consumeFromWhere.
 */
public final class QueryOffsetHandler implements RequestHandler {

    private static final ReadRequest FIRST_MESSAGE = new ReadRequest(0, 1, 1, 1, ReadRequest.RecordFilter.ALL, true);

    private final ConsumerOffsets offsets;
    private final MessageStore store;

    public QueryOffsetHandler(ConsumerOffsets offsets, MessageStore store) {
        this.offsets = offsets;
        this.store = store;
    }

    @Override
    public void handle(Exchange exchange) {
        QueryOffsetHeader header = QueryOffsetHeader.from(exchange.request().fields());
        long reset = offsets.pendingReset(header.consumerGroup(), header.topic(), header.queueId());
        long offset = reset >= 0 ? reset : offsets.offset(header.consumerGroup(), header.topic(), header.queueId());
        if (offset >= 0) {
            exchange.succeed(new OffsetAnswerHeader(offset).toFields());
        } else if (!header.setZeroIfNotFound()) {
            exchange.refuse(ResponseCode.QUERY_NOT_FOUND, "Not found, do not set to zero, maybe this group boot first");
        } else if (firstMessageIsYoung(header)) {
            exchange.succeed(new OffsetAnswerHeader(0).toFields());
        } else {
            exchange.refuse(
                    ResponseCode.QUERY_NOT_FOUND, "Not found, V3_0_6_SNAPSHOT maybe this group consumer boot first");
        }
    }

    private boolean firstMessageIsYoung(QueryOffsetHeader header) {
        Optional<LogQueue> queue = store.findQueue(header.topic(), header.queueId());
        return queue.isPresent()
                && queue.get().minOffset() <= 0
                && queue.get().maxOffset() > 0
                && store.read(queue.get(), FIRST_MESSAGE, record -> {}).status() == ReadOutcome.Status.FOUND;
    }
}
