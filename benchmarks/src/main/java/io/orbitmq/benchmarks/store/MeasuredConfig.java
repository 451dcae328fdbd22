package io.orbitmq.benchmarks.store;

import io.orbitmq.store.StoreConfig;
import io.orbitmq.store.StoreConfig.FlushMode;
import java.nio.file.Path;

/** The settings of measured stores: a broker's, but that segments go and appends are refused as late as they can be. */
public final class MeasuredConfig {

    private static final int FULL_PERCENT = 99;

    private MeasuredConfig() {}

    /** With the segments of a broker. */
    public static StoreConfig of(Path root, FlushMode mode) {
        return of(root, mode, StoreConfig.defaults(root).segmentSizeBytes());
    }

    /** With segments of another size. */
    public static StoreConfig of(Path root, FlushMode mode, long segmentBytes) {
        return StoreConfig.defaults(root)
                .withSegmentSizeBytes(segmentBytes)
                .withFlushMode(mode)
                .withDiskPercents(FULL_PERCENT, FULL_PERCENT, FULL_PERCENT);
    }
}
