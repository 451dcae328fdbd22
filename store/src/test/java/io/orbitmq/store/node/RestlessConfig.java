package io.orbitmq.store.node;

import io.orbitmq.store.StoreConfig;
import io.orbitmq.store.StoreConfig.FlushMode;
import java.nio.file.Path;
import java.time.Duration;

/** Settings under which a store begins segments, flushes and writes checkpoints often, with small messages. */
final class RestlessConfig {

    private RestlessConfig() {}

    /** @param flushInterval a checkpoint comes with every fifth */
    static StoreConfig of(Path root, FlushMode mode, long segmentBytes, Duration flushInterval) {
        return StoreConfig.defaults(root)
                .withSegmentSizeBytes(segmentBytes)
                .withFlushMode(mode)
                .withFlushInterval(flushInterval)
                .withCheckpointInterval(flushInterval.multipliedBy(5));
    }
}
