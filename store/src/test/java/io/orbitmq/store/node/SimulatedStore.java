package io.orbitmq.store.node;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.store.KeyQuery;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.ReadOutcome;
import io.orbitmq.store.ReadRequest;
import io.orbitmq.store.StateTable;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.store.index.IndexedQueue;
import io.orbitmq.store.state.StateTables;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.testkit.SimulatedScheduler;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A store on a simulated disk, with simulated time and no threads: every step is the test's. */
final class SimulatedStore {

    static final Path ROOT = Path.of("/sim/store");
    static final Path COMMIT_LOG = ROOT.resolve("commitlog");

    final SimulatedDisk disk;
    private final Disk seen;
    final SimulatedClock clock = new SimulatedClock();
    final FlushMode mode;
    final long segmentBytes;
    private final StoreMemory memory;
    private SimulatedScheduler scheduler = new SimulatedScheduler(clock);
    private OpenStore store;

    SimulatedStore(SimulatedDisk disk, FlushMode mode, long segmentBytes) {
        this(disk, disk, mode, segmentBytes, 64 << 10);
    }

    /** @param seen what the store sees of {@code disk} */
    SimulatedStore(SimulatedDisk disk, Disk seen, FlushMode mode, long segmentBytes) {
        this(disk, seen, mode, segmentBytes, 64 << 10);
    }

    SimulatedStore(SimulatedDisk disk, FlushMode mode, long segmentBytes, long memtableBytes) {
        this(disk, disk, mode, segmentBytes, memtableBytes);
    }

    private SimulatedStore(SimulatedDisk disk, Disk seen, FlushMode mode, long segmentBytes, long memtableBytes) {
        this.memory = new StoreMemory(1024, 3, memtableBytes, 64, 1 << 20);
        this.disk = disk;
        this.seen = seen;
        this.mode = mode;
        this.segmentBytes = segmentBytes;
    }

    OpenStore open(StateTable... tables) throws IOException {
        scheduler = new SimulatedScheduler(clock);
        store = OpenStore.open(
                RestlessConfig.of(ROOT, mode, segmentBytes, Duration.ofMillis(20)),
                new StateTables(List.of(tables)),
                new OpenStore.Environment(seen, clock, scheduler, memory));
        return store;
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

    void advance(Duration duration) {
        scheduler.advance(duration);
    }

    /** What an event loop and the flusher's thread do after appends. */
    void flush() {
        parts().flusher.endTurn();
        parts().flusher.runOnce();
    }

    Path segment(long start) {
        return COMMIT_LOG.resolve(String.format("%020d", start));
    }

    /** Removes the files of the index in directory {@code name}, while the store is closed. */
    void loseIndex(String name) throws IOException {
        for (Path file : disk.list(ROOT.resolve("orbitmq").resolve(name))) {
            disk.delete(file);
        }
    }

    List<ByteBuffer> records(LogQueue queue, long offset) {
        List<ByteBuffer> records = new ArrayList<>();
        long next = offset;
        while (next < queue.maxOffset()) {
            ReadRequest request = new ReadRequest(next, 32, 1 << 20, 100, ReadRequest.RecordFilter.ALL, false);
            ReadOutcome outcome = parts().reader.read((IndexedQueue) queue, request, record -> {
                records.add(ByteBuffer.allocate(record.remaining()).put(record).flip());
            });
            if (outcome.status() != ReadOutcome.Status.FOUND) {
                throw new AssertionError("expected messages from " + next + " of " + queue + ", found " + outcome);
            }
            next = outcome.nextOffset();
        }
        return records;
    }

    List<String> bodies(LogQueue queue) {
        return records(queue, queue.minOffset()).stream().map(Drafts::body).toList();
    }

    /** Of at most 32 messages with this key, oldest first. */
    List<String> bodiesByKey(String topic, String key) {
        return parts().keySearch.find(new KeyQuery(topic, key, 32, 0, Long.MAX_VALUE)).stream()
                .map(Drafts::body)
                .toList();
    }
}
