package io.orbitmq.store.retention;

import io.orbitmq.store.StoreConfig;
import java.time.Duration;
import java.time.ZoneId;

/**
 * When segments go; keys of broker.conf in brackets.
 *
 * @param reserved [fileReservedTime] how long a message is kept at least, unless the disk is too full or the log too
 *     large
 * @param maxLogBytes [fileReservedSize] above it the oldest segments go at any hour even if not expired; 0 for no limit.
 *     Counts whole segment files, also what is prepared ahead of the records
 * @param deleteHours [deleteWhen]
 * @param maxUsedPercent [diskMaxUsedSpaceRatio] above it expired segments go at any hour; 10 to 95
 * @param cleanForciblyPercent [diskSpaceCleanForciblyRatio] above it the oldest segments go even if not expired; 30 to 85
 * @param refusePercent [diskSpaceWarningLevelRatio] above it appends are refused; 35 to 90
 * @param cleanForcibly [cleanFileForciblyEnable]
 */
public record RetentionSettings(
        Duration reserved,
        long maxLogBytes,
        DeleteHours deleteHours,
        int maxUsedPercent,
        int cleanForciblyPercent,
        int refusePercent,
        boolean cleanForcibly) {

    public RetentionSettings {
        maxUsedPercent = clamp(maxUsedPercent, 10, 95);
        cleanForciblyPercent = clamp(cleanForciblyPercent, 30, 85);
        refusePercent = clamp(refusePercent, 35, 90);
    }

    /** @param zone the broker's local time, in which the hours of deletion are meant */
    public static RetentionSettings of(StoreConfig config, ZoneId zone) {
        return new RetentionSettings(
                config.retention(),
                config.maxLogBytes(),
                DeleteHours.parse(config.deleteHours(), zone),
                config.diskMaxUsedPercent(),
                config.diskCleanForciblyPercent(),
                config.diskRefusePercent(),
                config.cleanForcibly());
    }

    private static int clamp(int value, int min, int max) {
        return Math.max(min, Math.min(max, value));
    }
}
