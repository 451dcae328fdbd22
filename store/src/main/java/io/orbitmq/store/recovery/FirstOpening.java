package io.orbitmq.store.recovery;

import io.orbitmq.foundation.file.Disk;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The file {@code first-opening}: there from before anything else is derived from the log until the first checkpoint is
 * durable. So a store whose first opening was killed is told from one that has lost its checkpoints. One thread at a time.
 */
final class FirstOpening {

    private final Disk disk;
    private final Path own;
    private final Path checkpoints;
    private final Path mark;

    /**
     * @param own directory of all that is derived from the log
     * @param checkpoints the checkpoints' part of it
     */
    FirstOpening(Disk disk, Path own, Path checkpoints) {
        this.disk = disk;
        this.own = own;
        this.checkpoints = checkpoints;
        this.mark = checkpoints.resolve("first-opening");
    }

    /** Whether no checkpoint was ever written, if there is none. */
    boolean isNow() throws IOException {
        return disk.exists(mark) || disk.list(own).stream().allMatch(checkpoints::equals);
    }

    /** Durable before it returns. */
    void begin() throws IOException {
        if (disk.exists(mark)) {
            return;
        }
        disk.open(mark).close();
        for (Path each : new Path[] {checkpoints, own, own.getParent()}) {
            disk.forceDirectory(each);
        }
    }

    /** Durable before it returns. */
    void end() throws IOException {
        if (disk.exists(mark)) {
            disk.delete(mark);
            disk.forceDirectory(checkpoints);
        }
    }
}
