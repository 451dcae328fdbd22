package io.orbitmq.broker.fake;

import io.orbitmq.store.StoreConfig;
import io.orbitmq.store.StoreConfig.FlushMode;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of a store whose segments, flushes and checkpoints come often enough for a simulation.
 *
 * @param segmentBytes size of a segment
 * @param mode when an append counts as done
 * @param retention how long segments stay
 * @param checkpoints longest time between two of them
 */
public record SmallStore(long segmentBytes, FlushMode mode, Duration retention, Duration checkpoints) {

    /** One that keeps its segments and flushes before it answers. */
    public SmallStore(long segmentBytes, Duration checkpoints) {
        this(segmentBytes, FlushMode.SYNC_FLUSH, Duration.ofHours(72), checkpoints);
    }

    /** The settings of a store in {@code root}. */
    public StoreConfig in(Path root) {
        return StoreConfig.defaults(root)
                .withSegmentSizeBytes(segmentBytes)
                .withFlushMode(mode)
                .withFlushInterval(Duration.ofMillis(20))
                .withRetention(retention)
                .withCheckpointInterval(checkpoints);
    }
}
