package io.orbitmq.benchmarks.store;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.SystemDisk;
import io.orbitmq.foundation.schedule.SystemScheduler;
import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.store.MessageStore;
import io.orbitmq.store.StoreConfig;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.store.node.LocalMessageStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** An open store on real disks. One thread. */
final class MeasuredStore implements AutoCloseable {

    private final SystemScheduler scheduler = new SystemScheduler("store-scheduler");
    private final MessageStore store;

    MeasuredStore(Path root, FlushMode mode, long segmentBytes) throws IOException {
        this(root, mode, segmentBytes, new SystemDisk());
    }

    MeasuredStore(Path root, FlushMode mode, long segmentBytes, Disk disk) throws IOException {
        StoreConfig config = MeasuredConfig.of(root, mode, segmentBytes);
        this.store = LocalMessageStore.open(config, List.of(), disk, new SystemClock(), scheduler);
    }

    MessageStore store() {
        return store;
    }

    @Override
    public void close() throws IOException {
        try {
            store.close();
        } finally {
            scheduler.close();
        }
    }
}
