package io.orbitmq.store.node;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.schedule.Scheduler;
import io.orbitmq.foundation.schedule.SystemScheduler;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.store.StateTable;
import io.orbitmq.store.StoreConfig;
import io.orbitmq.store.flush.FlusherThread;
import io.orbitmq.store.state.StateTables;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * The store on local disks. {@link #open} recovers and starts the flusher's thread; {@link #close} ends it. The scheduler
 * given at opening runs what may wait for the disk (room ahead, checkpoints, retention): give the store one of its own.
 */
public final class LocalMessageStore extends StoreOverParts {

    private final OpenStore store;
    private final FlusherThread flusherThread;
    private final Scheduler merger;

    private LocalMessageStore(OpenStore store, Scheduler merger) {
        super(store);
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

    /**
     * Shows the records that were stored in the {@code last} time before a crash, oldest first, but no more than the last
     * 64 MiB; none after an orderly stop. To be called once, right after opening; each is valid only during the call.
     *
     * @throws IOException when the log cannot be read
     */
    public void showRecoveredTail(Duration last, RecordSink sink) throws IOException {
        store.parts().recovery.showTail(last, sink);
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
    public void close() throws IOException {
        store.stopAppends();
        flusherThread.close();
        try {
            store.close();
        } finally {
            merger.close();
        }
    }
}
