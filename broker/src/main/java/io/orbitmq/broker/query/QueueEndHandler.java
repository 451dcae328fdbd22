package io.orbitmq.broker.query;

import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
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
        Command request = exchange.request();
        String topic = request.fields().required("topic");
        int queueId = request.fields().requiredInt("queueId");
        long offset = store.findQueue(topic, queueId).map(end::applyAsLong).orElse(0L);
        exchange.succeed(Fields.builder().put("offset", offset).build());
    }
}
