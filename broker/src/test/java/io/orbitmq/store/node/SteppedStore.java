package io.orbitmq.store.node;

import io.orbitmq.foundation.schedule.Scheduler;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.StateTable;
import io.orbitmq.store.StoreConfig;
import io.orbitmq.store.segment.Segment;
import io.orbitmq.store.state.StateTables;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The real store without threads, for simulations: the end of a turn flushes, unless flushing is held, and the rest of
 * its work runs on the scheduler given. Stands in the store's package to reach its parts.
 */
public final class SteppedStore extends StoreOverParts {

    /** Stands for a table: the queues of a topic are forgotten. */
    public static final String QUEUES = "queues";

    private static final int TAIL_CHUNK_BYTES = 64 << 10;
    private static final int TAIL_CHUNKS = 4;
    private static final long MEMTABLE_BYTES = 256 << 10;
    private static final int PENDING = 1024;
    private static final int READ_CACHE_BYTES = 1 << 20;

    private final OpenStore store;
    private boolean held;
    private Consumer<String> changes = table -> {};

    private SteppedStore(OpenStore store) {
        super(store);
        this.store = store;
    }

    public static SteppedStore open(
            StoreConfig config, List<StateTable> tables, SimulatedDisk disk, Clock clock, Scheduler scheduler)
            throws IOException {
        StoreMemory memory = new StoreMemory(TAIL_CHUNK_BYTES, TAIL_CHUNKS, MEMTABLE_BYTES, PENDING, READ_CACHE_BYTES);
        return new SteppedStore(OpenStore.open(
                config, new StateTables(tables), new OpenStore.Environment(disk, clock, scheduler, memory)));
    }

    /** {@code listener} hears the table of each change that was appended, or {@link #QUEUES} of a deletion of queues. */
    public void onChange(Consumer<String> listener) {
        changes = listener;
    }

    @Override
    public AppendOutcome appendState(String table, ByteBuffer change) {
        return told(table, super.appendState(table, change));
    }

    @Override
    public AppendOutcome deleteTopicQueues(String topic) {
        return told(QUEUES, super.deleteTopicQueues(topic));
    }

    private AppendOutcome told(String table, AppendOutcome outcome) {
        if (outcome instanceof AppendOutcome.Appended) {
            changes.accept(table);
        }
        return outcome;
    }

    /** While held, the end of a turn leaves what was appended to the next flush. */
    public void hold(boolean on) {
        held = on;
        endTurn();
    }

    /** Removes the segments whose newest message was stored before {@code storeMs}; returns their number. */
    public int removeSegmentsBefore(long storeMs) throws IOException {
        long position = store.parts().log.minPosition();
        for (Segment segment : store.parts().log.segments()) {
            Optional<ByteBuffer> next = recordAt(segment.endPosition());
            if (next.isEmpty() || MessageRecord.storeTimestamp(next.get(), 0) >= storeMs) {
                break;
            }
            position = segment.endPosition();
        }
        return store.parts().trimmer.removeBefore(position, Integer.MAX_VALUE);
    }

    /** Shows the records of the last time before a crash. */
    public void showRecoveredTail(Duration last, RecordSink sink) throws IOException {
        store.parts().recovery.showTail(last, sink);
    }

    public long minPosition() {
        return store.parts().log.minPosition();
    }

    @Override
    public void endTurn() {
        if (!held) {
            store.parts().flusher.endTurn();
            store.parts().flusher.runOnce();
        }
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
