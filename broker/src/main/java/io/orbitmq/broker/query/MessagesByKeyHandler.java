package io.orbitmq.broker.query;

import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.header.query.QueryMessageAnswerHeader;
import io.orbitmq.protocol.header.query.QueryMessageHeader;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.KeyQuery;
import io.orbitmq.store.MessageStore;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * QUERY_MESSAGE (12): records by key or unique key, oldest first. The answer holds as many as fit a frame, at least one.
 * May wait for the disk.
 */
public final class MessagesByKeyHandler implements RequestHandler {

    private static final int MOST = 64;
    private static final int MOST_BY_UNIQUE_KEY = 32;
    private static final int MOST_BYTES = 8 * 1024 * 1024;

    private final MessageStore store;

    public MessagesByKeyHandler(MessageStore store) {
        this.store = store;
    }

    @Override
    public void handle(Exchange exchange) {
        QueryMessageHeader asked = QueryMessageHeader.from(exchange.request().fields());
        KeyQuery query =
                new KeyQuery(asked.topic(), asked.key(), maxCount(asked), asked.beginTimestamp(), asked.endTimestamp());
        List<ByteBuffer> records = store.findByKey(query);
        if (records.isEmpty()) {
            exchange.answer(Command.response(
                    exchange.request(),
                    ResponseCode.QUERY_NOT_FOUND,
                    "can not find message, maybe time range not correct",
                    indexState(0, 0),
                    ByteBuffer.allocate(0)));
            return;
        }
        exchange.answer(Command.response(
                exchange.request(),
                ResponseCode.SUCCESS,
                "",
                indexState(store.status().indexedPosition(), storeTimestampOf(records.get(records.size() - 1))),
                joined(records)));
    }

    private static int maxCount(QueryMessageHeader asked) {
        return asked.uniqueKey() ? MOST_BY_UNIQUE_KEY : Math.max(1, Math.min(asked.maxMessages(), MOST));
    }

    private static Fields indexState(long position, long timestampMs) {
        return new QueryMessageAnswerHeader(position, timestampMs).toFields();
    }

    /** The index reaches at least to the newest message it found. */
    private static long storeTimestampOf(ByteBuffer record) {
        return MessageRecord.storeTimestamp(record, record.position());
    }

    private static ByteBuffer joined(List<ByteBuffer> records) {
        int count = 0;
        int size = 0;
        while (count < records.size()
                && (count == 0 || size + records.get(count).remaining() <= MOST_BYTES)) {
            size += records.get(count).remaining();
            count++;
        }
        ByteBuffer body = ByteBuffer.allocate(size);
        records.subList(0, count).forEach(record -> body.put(record.duplicate()));
        return body.flip();
    }
}
