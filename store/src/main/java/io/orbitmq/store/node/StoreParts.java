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
import io.orbitmq.store.recovery.Checkpointer;
import io.orbitmq.store.recovery.ForeignQueueEnds;
import io.orbitmq.store.recovery.LogTrimmer;
import io.orbitmq.store.recovery.Recovery;
import io.orbitmq.store.recovery.ReplayedIndexes;
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

    /** What the store stands on, and what it runs after every append. */
    record Surroundings(Disk disk, Clock clock, StoreMemory memory, Runnable afterAppend) {}

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
    final Checkpointer checkpointer;
    final LogTrimmer trimmer;
    final QueueReader reader;
    final KeySearch keySearch;
    final Recovery recovery;

    /** @param crashed whether the store was not closed in order */
    StoreParts(StoreConfig config, StateTables tables, Surroundings surroundings, boolean crashed) throws IOException {
        Disk disk = surroundings.disk();
        Clock clock = surroundings.clock();
        this.tables = tables;
        this.log = SegmentedLog.open(disk, config.commitLogDirectory(), config.segmentSizeBytes());
        Path own = config.rootDirectory().resolve("orbitmq");
        this.recovery = new Recovery(log, disk, config.rootDirectory(), own, crashed);
        long end = recovery.findEnd();
        StoreMemory memory = surroundings.memory();
        this.queues = QueueIndex.open(disk, own.resolve("queues"), log.minPosition(), end, memory.indexMemtableBytes());
        this.keys = KeyIndex.open(disk, own.resolve("keys"), log.minPosition(), end, memory.indexMemtableBytes());
        RecordDispatcher dispatcher = new RecordDispatcher(queues, keys, config.keyIndexEnabled(), tables);
        recovery.restoreTables(tables, queues);
        recovery.replay(new ReplayedIndexes(queues, keys), dispatcher);
        queues.forEach(queue -> queues.publish(queue, queue.nextOffset()));
        if (!recovery.hasCheckpoint()) {
            new ForeignQueueEnds(disk, config.rootDirectory(), log.minPosition()).restore(queues, end);
        }

        TailWindow window = new TailWindow(memory.tailChunkBytes(), memory.tailChunks());
        this.space = new SpaceAhead(log, end);
        LogWriter writer = new LogWriter(window, space, clock, end);
        this.tail = new LogTail(log, window, space, writer, end);
        PendingArrivals pending = new PendingArrivals(memory.pendingArrivals());
        this.acknowledger = new Acknowledger(queues, pending, fence, end);
        this.flusher = new Flusher(
                log,
                tail,
                writer,
                acknowledger,
                fence,
                new Flusher.Rhythm(config.flushMode(), config.flushInterval(), clock));
        AppendLimits limits = new AppendLimits(tail.maxContiguousBytes());
        this.appender = new Appender(
                tail,
                dispatcher,
                pending,
                admission,
                fence,
                new Appender.Surroundings(limits, clock, recovery.lastStoreTimestamp(), surroundings.afterAppend()));
        Checkpointer.Derived derived = new Checkpointer.Derived(queues, keys, tables);
        this.checkpointer = new Checkpointer(recovery, tail, appender, flusher, derived);
        this.trimmer = new LogTrimmer(log, checkpointer, derived);
        this.reader = new QueueReader(queues, log, window, acknowledger::safePosition, memory.readCacheBytes());
        this.keySearch = new KeySearch(keys, reader);
    }
}
