package io.orbitmq.broker.fake;

import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore;
import io.orbitmq.store.ReadOutcome;
import io.orbitmq.store.ReadRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a store holds, as tests look at it: copies of whole records, and their bodies. */
public final class StoredRecords {

    private static final int RECORDS = 32;
    private static final int BYTES = 1 << 20;

    private StoredRecords() {}

    /** The records of a queue, oldest first; none when there is no such queue. */
    public static List<ByteBuffer> of(MessageStore store, String topic, int queueId) {
        return store.findQueue(topic, queueId)
                .map(queue -> from(store, queue, queue.minOffset()))
                .orElse(List.of());
    }

    /** The records of a queue from an offset on. */
    public static List<ByteBuffer> from(MessageStore store, LogQueue queue, long offset) {
        List<ByteBuffer> records = new ArrayList<>();
        for (long next = offset; next < queue.maxOffset(); ) {
            ReadRequest request = new ReadRequest(next, RECORDS, BYTES, RECORDS, ReadRequest.RecordFilter.ALL, false);
            ReadOutcome outcome = store.read(queue, request, record -> records.add(copy(record)));
            if (outcome.status() != ReadOutcome.Status.FOUND) {
                throw new AssertionError("expected messages from " + next + " of " + queue + ", found " + outcome);
            }
            next = outcome.nextOffset();
        }
        return records;
    }

    public static String body(ByteBuffer record) {
        byte[] body = new byte[MessageRecord.bodyLength(record, 0)];
        record.get(MessageRecord.bodyPosition(record, 0), body);
        return new String(body, StandardCharsets.UTF_8);
    }

    private static ByteBuffer copy(ByteBuffer record) {
        return ByteBuffer.allocate(record.remaining()).put(record.duplicate()).flip();
    }
}
