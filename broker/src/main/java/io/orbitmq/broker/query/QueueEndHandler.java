package io.orbitmq.broker.query;

import io.orbitmq.protocol.header.offset.OffsetAnswerHeader;
import io.orbitmq.protocol.header.offset.QueueHeader;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.function.ToLongFunction;

/**
 * GET_MAX_OFFSET (30) and GET_MIN_OFFSET (31): the next free and the oldest offset of a queue, 0 when the queue does not
 * exist. Never waits.
 */
public final class QueueEndHandler implements RequestHandler {

    private final MessageStore store;
    private final ToLongFunction<LogQueue> end;

    private QueueEndHandler(MessageStore store, ToLongFunction<LogQueue> end) {
        this.store = store;
        this.end = end;
    }

    public static QueueEndHandler newest(MessageStore store) {
        return new QueueEndHandler(store, LogQueue::maxOffset);
    }

    public static QueueEndHandler oldest(MessageStore store) {
        return new QueueEndHandler(store, LogQueue::minOffset);
    }

    @Override
    public void handle(Exchange exchange) {
        QueueHeader asked = QueueHeader.from(exchange.request().fields());
        long offset = store.findQueue(asked.topic(), asked.queueId())
                .map(end::applyAsLong)
                .orElse(0L);
        exchange.succeed(new OffsetAnswerHeader(offset).toFields());
    }
}
