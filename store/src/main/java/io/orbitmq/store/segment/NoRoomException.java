package io.orbitmq.store.segment;

import io.orbitmq.foundation.file.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The system gave no space, or no file, ahead of the log's end. Nothing was lost; appends work again once it does. */
public final class NoRoomException extends IOException {

    private static final long serialVersionUID = 1L;

    /** How Linux says ENOSPC and EDQUOT in English, at the end of what Java makes of it. */
    private static final List<String> MESSAGES = List.of("No space left on device", "Disk quota exceeded");

    /** How Linux says EMFILE, and with more behind it ENFILE. */
    private static final String NO_FILES = "Too many open files";

    private static final double PERCENT = 100.0;

    NoRoomException(Path directory, long position, long neededBytes, Disk.Space space, IOException cause) {
        super(
                String.format(
                        Locale.ROOT,
                        "No room for the next %d bytes of the log in %s at position %d: the disk there is %.1f %% full,"
                                + " %d of %d bytes are free (%s). Free space on that disk or lower fileReservedTime;"
                                + " appends then go on by themselves.",
                        neededBytes,
                        directory,
                        position,
                        space.usedRatio() * PERCENT,
                        space.usableBytes(),
                        space.totalBytes(),
                        cause.getMessage()),
                cause);
    }

    NoRoomException(Path directory, long position, IOException cause) {
        super(
                "No file for the log in " + directory + " at position " + position + " (" + cause.getMessage()
                        + "). Close connections or allow the process more open files; appends then go on by themselves.",
                cause);
    }

    /** Whether {@code failure} means that the process, or the system, has as many files open as it may. */
    static boolean isForWantOfFiles(IOException failure) {
        return String.valueOf(failure.getMessage()).contains(NO_FILES);
    }

    /**
     * Whether {@code failure} means that there is no space: it says so, or, as the system may speak another language, there
     * are not {@code neededBytes} left.
     */
    static boolean isCausedBy(IOException failure, long neededBytes, Disk.Space space) {
        String message = String.valueOf(failure.getMessage());
        return MESSAGES.stream().anyMatch(message::endsWith) || space.usableBytes() < neededBytes;
    }
}
