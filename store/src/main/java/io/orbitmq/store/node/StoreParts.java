package io.orbitmq.store.node;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.store.StoreConfig;
import io.orbitmq.store.append.Admission;
import io.orbitmq.store.append.AppendLimits;
import io.orbitmq.store.append.Appender;
import io.orbitmq.store.append.RecordDispatcher;
import io.orbitmq.store.flush.Acknowledger;
import io.orbitmq.store.flush.Fence;
import io.orbitmq.store.flush.Flusher;
import io.orbitmq.store.flush.PendingArrivals;
import io.orbitmq.store.index.KeyIndex;
import io.orbitmq.store.index.QueueIndex;
import io.orbitmq.store.read.KeySearch;
import io.orbitmq.store.read.QueueReader;
import io.orbitmq.store.recovery.Recovery;
import io.orbitmq.store.segment.LogTail;
import io.orbitmq.store.segment.LogWriter;
import io.orbitmq.store.segment.SegmentedLog;
import io.orbitmq.store.segment.SpaceAhead;
import io.orbitmq.store.segment.TailWindow;
import io.orbitmq.store.state.StateTables;
import java.io.IOException;
import java.nio.file.Path;

/** The parts of an open store, built in the order of opening. */
final class StoreParts {

    private static final int MAX_PENDING_ARRIVALS = 1 << 17;

    final SegmentedLog log;
    final QueueIndex queues;
    final KeyIndex keys;
    final StateTables tables;
    final Fence fence = new Fence();
    final Admission admission = new Admission(fence);
    final LogTail tail;
    final SpaceAhead space;
    final Acknowledger acknowledger;
    final Flusher flusher;
    final Appender appender;
    final QueueReader reader;
    final KeySearch keySearch;

    StoreParts(StoreConfig config, StateTables tables, Disk disk, Clock clock, Runnable afterAppend)
            throws IOException {
        this.tables = tables;
        this.log = SegmentedLog.open(disk, config.commitLogDirectory(), config.segmentSizeBytes());
        Recovery recovery = new Recovery(log);
        long end = recovery.findEnd();
        StoreMemory memory = StoreMemory.forHeap(Runtime.getRuntime().maxMemory());
        Path indexes = config.rootDirectory().resolve("orbitmq");
        this.queues =
                QueueIndex.open(disk, indexes.resolve("queues"), log.minPosition(), end, memory.indexMemtableBytes());
        this.keys = KeyIndex.open(disk, indexes.resolve("keys"), log.minPosition(), end, memory.indexMemtableBytes());
        RecordDispatcher dispatcher = new RecordDispatcher(queues, keys, config.keyIndexEnabled(), tables);
        recovery.replay(log.minPosition(), dispatcher);
        queues.forEach(queue -> queues.publish(queue, queue.nextOffset()));

        TailWindow window = new TailWindow(memory.tailChunkBytes(), memory.tailChunks());
        LogWriter writer = new LogWriter(window, end);
        this.space = new SpaceAhead(log, end);
        this.tail = new LogTail(log, window, space, writer, end);
        PendingArrivals pending = new PendingArrivals(MAX_PENDING_ARRIVALS);
        this.acknowledger = new Acknowledger(queues, pending, fence, end);
        this.flusher = new Flusher(
                log,
                tail,
                writer,
                acknowledger,
                fence,
                new Flusher.Rhythm(config.flushMode(), config.flushInterval(), clock));
        AppendLimits limits = new AppendLimits(config.maxMessageSizeBytes(), tail.maxContiguousBytes());
        this.appender = new Appender(
                tail,
                dispatcher,
                pending,
                admission,
                fence,
                new Appender.Surroundings(limits, clock, recovery.lastStoreTimestamp(), afterAppend));
        this.reader = new QueueReader(queues, log, window, acknowledger::safePosition);
        this.keySearch = new KeySearch(keys, reader);
    }
}
