package io.orbitmq.store.segment;

import java.io.IOException;
import java.nio.file.Path;

/** The disk gave no space ahead of the log's end. Nothing was lost; appends work again once there is space. */
public final class NoRoomException extends IOException {

    private static final long serialVersionUID = 1L;

    NoRoomException(Path directory, long position, IOException cause) {
        super(
                "No room for the log in " + directory + " at position " + position + " (" + cause.getMessage()
                        + "). Free space on that disk or lower fileReservedTime; appends then go on by themselves.",
                cause);
    }
}
