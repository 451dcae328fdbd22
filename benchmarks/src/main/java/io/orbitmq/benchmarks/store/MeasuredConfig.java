package io.orbitmq.benchmarks.store;

import io.orbitmq.store.StoreConfig;
import io.orbitmq.store.StoreConfig.FlushMode;
import java.nio.file.Path;

/** The settings of measured stores: a broker's, but that no disk is ever too full. */
public final class MeasuredConfig {

    private static final int FULL_PERCENT = 99;

    private MeasuredConfig() {}

    /** With the segments of a broker. */
    public static StoreConfig of(Path root, FlushMode mode) {
        return of(root, mode, StoreConfig.defaults(root).segmentSizeBytes());
    }

    /** With segments of another size. */
    public static StoreConfig of(Path root, FlushMode mode, long segmentBytes) {
        StoreConfig defaults = StoreConfig.defaults(root);
        return new StoreConfig(
                root,
                defaults.commitLogDirectory(),
                segmentBytes,
                mode,
                defaults.flushInterval(),
                defaults.syncFlushTimeout(),
                defaults.maxMessageSizeBytes(),
                defaults.retention(),
                defaults.deleteHours(),
                FULL_PERCENT,
                FULL_PERCENT,
                FULL_PERCENT,
                defaults.cleanForcibly(),
                defaults.keyIndexEnabled(),
                defaults.checkpointInterval());
    }
}
