package io.orbitmq.store.node;

import io.orbitmq.protocol.message.DraftRun;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.KeyQuery;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore;
import io.orbitmq.store.ReadOutcome;
import io.orbitmq.store.ReadRequest;
import io.orbitmq.store.StoreStatus;
import io.orbitmq.store.index.IndexedQueue;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The contract of the store over its parts, but for the end of a turn and of the store, which differ by who owns the
 * flusher's steps: a thread or a test.
 */
abstract class StoreOverParts implements MessageStore {

    private final OpenStore store;

    StoreOverParts(OpenStore store) {
        this.store = store;
    }

    @Override
    public LogQueue queue(String topic, int queueId) {
        return store.parts().queues.queue(topic, queueId);
    }

    @Override
    public Optional<LogQueue> findQueue(String topic, int queueId) {
        return store.parts().queues.find(topic, queueId).map(LogQueue.class::cast);
    }

    @Override
    public AppendOutcome append(LogQueue queue, MessageDraft draft) {
        return store.parts().appender.append((IndexedQueue) queue, draft);
    }

    @Override
    public void expectAppends(List<LogQueue> queues) {
        store.parts().appender.expect(queues);
    }

    @Override
    public AppendOutcome appendAll(LogQueue queue, DraftRun drafts, long[] positions) {
        return store.parts().appender.appendAll((IndexedQueue) queue, drafts, positions);
    }

    @Override
    public AppendOutcome appendState(String table, ByteBuffer change) {
        return store.appendState(table, change);
    }

    @Override
    public void whenDurable(long endPosition, DurabilityListener listener) {
        store.parts().acknowledger.whenSafe(endPosition, listener);
    }

    @Override
    public ReadOutcome read(LogQueue queue, ReadRequest request, RecordSink sink) {
        return store.parts().reader.read((IndexedQueue) queue, request, sink);
    }

    @Override
    public void scan(LogQueue queue, long fromOffset, EntrySink sink) {
        store.parts().reader.scan((IndexedQueue) queue, fromOffset, sink);
    }

    @Override
    public Optional<ByteBuffer> recordAt(long position) {
        return store.parts().reader.recordAt(position);
    }

    @Override
    public long storeTimestampAt(LogQueue queue, long offset) {
        return store.parts().reader.storeTimestampAt((IndexedQueue) queue, offset);
    }

    @Override
    public long offsetByTime(LogQueue queue, long timestampMs, TimeBoundary boundary) {
        return store.parts().reader.offsetByTime((IndexedQueue) queue, timestampMs, boundary);
    }

    @Override
    public List<ByteBuffer> findByKey(KeyQuery query) {
        return store.parts().keySearch.find(query);
    }

    @Override
    public AppendOutcome deleteTopicQueues(String topic) {
        return store.deleteTopicQueues(topic);
    }

    @Override
    public void onArrival(ArrivalListener listener) {
        store.parts().acknowledger.onArrival(listener);
    }

    /** Names of all topics that have queues; walks over all queues. */
    public Set<String> topics() {
        return store.topics();
    }

    @Override
    public StoreStatus status() {
        return store.status();
    }

    @Override
    public int deleteExpiredSegments() {
        return store.deleteExpiredSegments();
    }
}
