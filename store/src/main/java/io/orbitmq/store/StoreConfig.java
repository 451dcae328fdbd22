package io.orbitmq.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Settings of a store; keys of broker.conf in brackets (protocol/05 section 8).
 *
 * @param rootDirectory [storePathRootDir]
 * @param commitLogDirectory [storePathCommitLog]
 * @param segmentSizeBytes [mappedFileSizeCommitLog]
 * @param flushMode [flushDiskType]; our default is SYNC_FLUSH
 * @param flushInterval [flushIntervalCommitLog] longest time ASYNC_FLUSH leaves written bytes unforced
 * @param syncFlushTimeout [syncFlushTimeout] how long an answer waits for the disk before FLUSH_DISK_TIMEOUT
 * @param retention [fileReservedTime]
 * @param maxLogBytes [fileReservedSize] most bytes of the log's segment files, at least two segments; 0 for no limit
 * @param deleteHours [deleteWhen] hours of day, 0 to 23, separated by ';'
 * @param diskMaxUsedPercent [diskMaxUsedSpaceRatio]
 * @param diskCleanForciblyPercent [diskSpaceCleanForciblyRatio]
 * @param diskRefusePercent [diskSpaceWarningLevelRatio]
 * @param cleanForcibly [cleanFileForciblyEnable]
 * @param keyIndexEnabled [messageIndexEnable]
 * @param checkpointInterval longest time between two checkpoints; bounds recovery
 */
public record StoreConfig(
        Path rootDirectory,
        Path commitLogDirectory,
        long segmentSizeBytes,
        FlushMode flushMode,
        Duration flushInterval,
        Duration syncFlushTimeout,
        Duration retention,
        long maxLogBytes,
        String deleteHours,
        int diskMaxUsedPercent,
        int diskCleanForciblyPercent,
        int diskRefusePercent,
        boolean cleanForcibly,
        boolean keyIndexEnabled,
        Duration checkpointInterval) {

    public static final long DEFAULT_SEGMENT_SIZE_BYTES = 1L << 30;

    private static final int LEAST_SEGMENTS = 2;

    /** @throws IllegalArgumentException with a sentence for the operator */
    public StoreConfig {
        long leastBytes = LEAST_SEGMENTS * segmentSizeBytes;
        if (maxLogBytes != 0 && maxLogBytes < leastBytes) {
            throw new IllegalArgumentException("fileReservedSize is " + maxLogBytes
                    + " bytes, expected 0 (no limit) or at least " + leastBytes + ", two segments of "
                    + segmentSizeBytes + " (mappedFileSizeCommitLog), as the one being written never goes;"
                    + " raise it, or lower mappedFileSizeCommitLog for a new store");
        }
    }

    /** All defaults, with the store in {@code root}. */
    public static StoreConfig defaults(Path root) {
        return new StoreConfig(
                root,
                root.resolve("commitlog"),
                DEFAULT_SEGMENT_SIZE_BYTES,
                FlushMode.SYNC_FLUSH,
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                Duration.ofHours(72),
                0,
                "04",
                75,
                85,
                90,
                true,
                true,
                Duration.ofSeconds(10));
    }

    public StoreConfig withSegmentSizeBytes(long changed) {
        return with(copy -> copy.segmentSizeBytes = changed);
    }

    public StoreConfig withFlushMode(FlushMode changed) {
        return with(copy -> copy.flushMode = changed);
    }

    public StoreConfig withFlushInterval(Duration changed) {
        return with(copy -> copy.flushInterval = changed);
    }

    public StoreConfig withRetention(Duration changed) {
        return with(copy -> copy.retention = changed);
    }

    public StoreConfig withMaxLogBytes(long changed) {
        return with(copy -> copy.maxLogBytes = changed);
    }

    /** All three percentages; {@code RetentionSettings} says between which bounds they count. */
    public StoreConfig withDiskPercents(int maxUsed, int cleanForcibly, int refuse) {
        return with(copy -> {
            copy.diskMaxUsedPercent = maxUsed;
            copy.diskCleanForciblyPercent = cleanForcibly;
            copy.diskRefusePercent = refuse;
        });
    }

    public StoreConfig withCheckpointInterval(Duration changed) {
        return with(copy -> copy.checkpointInterval = changed);
    }

    private StoreConfig with(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.finished();
    }

    /** These settings while some of them change. */
    private static final class Copy {

        private final Path rootDirectory;
        private final Path commitLogDirectory;
        private long segmentSizeBytes;
        private FlushMode flushMode;
        private Duration flushInterval;
        private final Duration syncFlushTimeout;
        private Duration retention;
        private long maxLogBytes;
        private final String deleteHours;
        private int diskMaxUsedPercent;
        private int diskCleanForciblyPercent;
        private int diskRefusePercent;
        private final boolean cleanForcibly;
        private final boolean keyIndexEnabled;
        private Duration checkpointInterval;

        Copy(StoreConfig from) {
            rootDirectory = from.rootDirectory;
            commitLogDirectory = from.commitLogDirectory;
            segmentSizeBytes = from.segmentSizeBytes;
            flushMode = from.flushMode;
            flushInterval = from.flushInterval;
            syncFlushTimeout = from.syncFlushTimeout;
            retention = from.retention;
            maxLogBytes = from.maxLogBytes;
            deleteHours = from.deleteHours;
            diskMaxUsedPercent = from.diskMaxUsedPercent;
            diskCleanForciblyPercent = from.diskCleanForciblyPercent;
            diskRefusePercent = from.diskRefusePercent;
            cleanForcibly = from.cleanForcibly;
            keyIndexEnabled = from.keyIndexEnabled;
            checkpointInterval = from.checkpointInterval;
        }

        StoreConfig finished() {
            return new StoreConfig(
                    rootDirectory,
                    commitLogDirectory,
                    segmentSizeBytes,
                    flushMode,
                    flushInterval,
                    syncFlushTimeout,
                    retention,
                    maxLogBytes,
                    deleteHours,
                    diskMaxUsedPercent,
                    diskCleanForciblyPercent,
                    diskRefusePercent,
                    cleanForcibly,
                    keyIndexEnabled,
                    checkpointInterval);
        }
    }

    /** When an append counts as done. */
    public enum FlushMode {
        /** After the bytes were forced to disk, many waiters per force. */
        SYNC_FLUSH,
        /** After the bytes were handed to the operating system. */
        ASYNC_FLUSH
    }
}
