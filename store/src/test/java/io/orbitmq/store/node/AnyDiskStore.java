package io.orbitmq.store.node;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.ReadOutcome;
import io.orbitmq.store.ReadRequest;
import io.orbitmq.store.StoreConfig;
import io.orbitmq.store.index.IndexedQueue;
import io.orbitmq.store.state.StateTables;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.testkit.SimulatedScheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A store on any disk, with any settings, with simulated time and no threads: every step is the test's. */
final class AnyDiskStore implements AutoCloseable {

    final SimulatedClock clock = new SimulatedClock();
    private final Disk disk;
    private final StoreConfig config;
    private final StoreMemory memory;
    private SimulatedScheduler scheduler = new SimulatedScheduler(clock);
    private OpenStore store;

    AnyDiskStore(Disk disk, StoreConfig config, StoreMemory memory) {
        this.disk = disk;
        this.config = config;
        this.memory = memory;
    }

    /** Memory for little: what is not quite new is on disk. */
    static StoreMemory littleMemory() {
        return new StoreMemory(1024, 3, 64 << 10, 64, 1 << 20);
    }

    AnyDiskStore open() throws IOException {
        scheduler = new SimulatedScheduler(clock);
        store = OpenStore.open(
                config, new StateTables(List.of()), new OpenStore.Environment(disk, clock, scheduler, memory));
        return this;
    }

    OpenStore store() {
        return store;
    }

    StoreParts parts() {
        return store.parts();
    }

    IndexedQueue queue(String topic, int queueId) {
        return parts().queues.queue(topic, queueId);
    }

    Appended append(IndexedQueue queue, MessageDraft draft) {
        return (Appended) parts().appender.append(queue, draft);
    }

    /** What an event loop and the flusher's thread do after appends. */
    void flush() {
        parts().flusher.endTurn();
        parts().flusher.runOnce();
    }

    void advance(Duration duration) {
        scheduler.advance(duration);
    }

    /** The bodies of all messages the queue has. */
    List<String> bodies(IndexedQueue queue) {
        List<String> bodies = new ArrayList<>();
        long next = queue.minOffset();
        while (next < queue.maxOffset()) {
            ReadRequest request = new ReadRequest(next, 32, 1 << 20, 100, ReadRequest.RecordFilter.ALL, false);
            ReadOutcome outcome = parts().reader.read(queue, request, record -> bodies.add(Drafts.body(record)));
            if (outcome.status() != ReadOutcome.Status.FOUND) {
                throw new AssertionError("expected messages from " + next + " of " + queue + ", found " + outcome);
            }
            next = outcome.nextOffset();
        }
        return bodies;
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
