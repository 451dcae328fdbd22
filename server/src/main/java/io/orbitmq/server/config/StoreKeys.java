package io.orbitmq.server.config;

import io.orbitmq.foundation.config.SettingsReader;
import io.orbitmq.store.StoreConfig;
import io.orbitmq.store.StoreConfig.FlushMode;
import java.nio.file.Path;
import java.time.Duration;

/** The store's part of broker.conf (protocol/05 section 8). Stateless. */
final class StoreKeys {

    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final long SMALLEST_SEGMENT_BYTES = 64 * 1024;

    private StoreKeys() {}

    static StoreConfig read(SettingsReader reader, Path otherwiseRoot) {
        Path root = Path.of(reader.text("storePathRootDir", otherwiseRoot.toString()));
        StoreConfig otherwise = StoreConfig.defaults(root);
        return new StoreConfig(
                root,
                commitLogDirectory(reader, otherwise.commitLogDirectory()),
                reader.sizeBytes(
                        "mappedFileSizeCommitLog",
                        otherwise.segmentSizeBytes(),
                        SMALLEST_SEGMENT_BYTES,
                        Integer.MAX_VALUE),
                reader.oneOf("flushDiskType", FlushMode.class, otherwise.flushMode()),
                reader.duration("flushIntervalCommitLog", MILLISECOND, otherwise.flushInterval(), MILLISECOND, LONGEST),
                reader.duration("syncFlushTimeout", MILLISECOND, otherwise.syncFlushTimeout(), MILLISECOND, LONGEST),
                reader.duration("fileReservedTime", HOUR, otherwise.retention(), HOUR, LONGEST),
                reader.sizeBytes("fileReservedSize", otherwise.maxLogBytes(), 0, Long.MAX_VALUE),
                deleteHours(reader, otherwise.deleteHours()),
                reader.clamped("diskMaxUsedSpaceRatio", otherwise.diskMaxUsedPercent(), 10, 95),
                reader.clamped("diskSpaceCleanForciblyRatio", otherwise.diskCleanForciblyPercent(), 30, 85),
                reader.clamped("diskSpaceWarningLevelRatio", otherwise.diskRefusePercent(), 35, 90),
                reader.flag("cleanFileForciblyEnable", otherwise.cleanForcibly()),
                reader.flag("messageIndexEnable", otherwise.keyIndexEnabled()),
                reader.duration(
                        "checkpointInterval", MILLISECOND, otherwise.checkpointInterval(), MILLISECOND, LONGEST));
    }

    private static Path commitLogDirectory(SettingsReader reader, Path otherwise) {
        String text = reader.text("storePathCommitLog", otherwise.toString());
        if (text.contains(",")) {
            reader.fault("storePathCommitLog is '" + text
                    + "', expected one directory: a log over several disks is not supported."
                    + " Join the disks below the file system, or name one directory.");
        }
        return Path.of(text);
    }

    private static String deleteHours(SettingsReader reader, String otherwise) {
        String text = reader.text("deleteWhen", otherwise);
        for (String hour : text.split(";")) {
            if (!hour.trim().matches("[01]?[0-9]|2[0-3]")) {
                reader.fault("deleteWhen is '" + text
                        + "', expected hours of the day from 00 to 23 separated by ';', for example 04;16.");
                return otherwise;
            }
        }
        return text;
    }
}
