package io.orbitmq.store.node;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.schedule.Scheduler;
import io.orbitmq.foundation.schedule.SystemScheduler;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.KeyQuery;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore;
import io.orbitmq.store.ReadOutcome;
import io.orbitmq.store.ReadRequest;
import io.orbitmq.store.StateTable;
import io.orbitmq.store.StoreConfig;
import io.orbitmq.store.StoreStatus;
import io.orbitmq.store.flush.FlusherThread;
import io.orbitmq.store.index.IndexedQueue;
import io.orbitmq.store.state.StateTables;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * The store on local disks. {@link #open} recovers and starts the flusher's thread; {@link #close} ends it. The scheduler
 * given at opening runs what may wait for the disk (room ahead, checkpoints, retention): give the store one of its own.
 */
public final class LocalMessageStore implements MessageStore {

    private final OpenStore store;
    private final FlusherThread flusherThread;
    private final Scheduler merger;

    private LocalMessageStore(OpenStore store, Scheduler merger) {
        this.store = store;
        this.merger = merger;
        this.flusherThread = FlusherThread.start(store.parts().flusher);
        store.onAppend(flusherThread::nudge);
    }

    /**
     * Opens the store in {@code config.rootDirectory()}, creating it if there is none.
     *
     * @throws IOException with a sentence for the operator: locked by another process, damaged, or unreadable
     */
    public static LocalMessageStore open(
            StoreConfig config, List<StateTable> tables, Disk disk, Clock clock, Scheduler scheduler)
            throws IOException {
        SystemScheduler merger = new SystemScheduler("store-merge");
        StoreMemory memory = StoreMemory.forHeap(Runtime.getRuntime().maxMemory());
        try {
            OpenStore.Environment environment = new OpenStore.Environment(disk, clock, scheduler, merger, memory);
            return new LocalMessageStore(OpenStore.open(config, new StateTables(tables), environment), merger);
        } catch (IOException | RuntimeException e) {
            merger.close();
            throw e;
        }
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
        return store.parts().appender.append(live(queue), draft);
    }

    @Override
    public List<AppendOutcome> appendAll(LogQueue queue, List<MessageDraft> drafts) {
        return store.parts().appender.appendAll(live(queue), drafts);
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
    public void endTurn() {
        if (store.parts().flusher.isSync()) {
            flusherThread.wakeUp();
        } else {
            store.parts().flusher.endTurn();
        }
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
    public void deleteTopicQueues(String topic) {
        store.deleteTopicQueues(topic);
    }

    @Override
    public void onArrival(ArrivalListener listener) {
        store.parts().acknowledger.onArrival(listener);
    }

    @Override
    public StoreStatus status() {
        return store.status();
    }

    @Override
    public int deleteExpiredSegments() {
        return store.deleteExpiredSegments();
    }

    @Override
    public void close() throws IOException {
        store.stopAppends();
        flusherThread.close();
        try {
            store.close();
        } finally {
            merger.close();
        }
    }

    /** The queue itself, or its successor when the topic was deleted meanwhile. */
    private IndexedQueue live(LogQueue queue) {
        IndexedQueue indexed = (IndexedQueue) queue;
        return indexed.isForgotten() ? store.parts().queues.queue(indexed.topic(), indexed.queueId()) : indexed;
    }
}
