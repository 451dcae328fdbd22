package io.orbitmq.store.recovery;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.DiskFile;
import io.orbitmq.store.segment.CorruptLogException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of checkpoint files. A checkpoint is written to a file of its own, forced, and renamed to its final name;
 * the two newest are kept, so one damaged file costs nothing but a longer replay. One thread at a time.
 */
final class CheckpointFiles {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointFiles.class);
    private static final Pattern NAME = Pattern.compile("checkpoint-\\d{20}");
    private static final String TEMPORARY = "checkpoint.tmp";
    private static final int KEPT = 2;

    private final Disk disk;
    private final Path directory;
    private final FirstOpening firstOpening;
    private final List<Checkpoint> kept = new ArrayList<>();

    /** @param own directory of all that is derived from the log; nothing is written to it before {@link #load} */
    CheckpointFiles(Disk disk, Path own) {
        this.disk = disk;
        this.directory = own.resolve("checkpoints");
        this.firstOpening = new FirstOpening(disk, own, directory);
    }

    /**
     * The newest sound checkpoint, or none.
     *
     * @param logMinPosition first byte of the log
     * @throws CorruptLogException when all are damaged or gone and the log does not reach back far enough to do without
     */
    Checkpoint load(long logMinPosition) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : disk.list(directory)) {
            if (NAME.matcher(path.getFileName().toString()).matches()) {
                files.add(path);
            }
        }
        Collections.reverse(files);
        kept.clear();
        for (Path path : files) {
            Optional<Checkpoint> read = read(path);
            if (read.isPresent()) {
                kept.add(0, read.get());
            } else {
                LOG.warn("event=checkpoint-damaged file={} action=the previous one is used", path);
            }
        }
        boolean noneWritten = files.isEmpty() && firstOpening.isNow();
        if (kept.isEmpty() && !noneWritten && logMinPosition > 0) {
            throw new CorruptLogException(sentence(files, logMinPosition));
        }
        disk.createDirectories(directory);
        if (noneWritten) {
            firstOpening.begin();
        }
        return kept.isEmpty() ? Checkpoint.none(logMinPosition) : kept.get(kept.size() - 1);
    }

    private String sentence(List<Path> files, long logMinPosition) {
        return (files.isEmpty()
                        ? "There are no checkpoints in " + directory + ", but this store had written some"
                        : "All checkpoints in " + directory + " are damaged " + files)
                + ", and the log starts at " + logMinPosition
                + ", so settings and offsets written before are nowhere else. The store is not opened and nothing was"
                + " changed. Restore the directory from a backup or a replica; to open without them, move the whole"
                + " directory " + directory.getParent() + " away.";
    }

    /** Everything in the log before this may be removed: no kept checkpoint needs it. */
    long neededFrom() {
        return kept.isEmpty() ? 0 : kept.get(0).position();
    }

    /** Writes the checkpoint durably and removes those it replaces. */
    void write(Checkpoint checkpoint) throws IOException {
        Path temporary = directory.resolve(TEMPORARY);
        disk.delete(temporary);
        try (DiskFile file = disk.open(temporary)) {
            file.write(0, CheckpointCodec.encode(checkpoint));
            file.force(true);
        }
        disk.rename(temporary, path(checkpoint));
        disk.forceDirectory(directory);
        kept.add(withoutTables(checkpoint));
        while (kept.size() > KEPT) {
            disk.delete(path(kept.remove(0)));
        }
        firstOpening.end();
    }

    private Path path(Checkpoint checkpoint) {
        return directory.resolve(String.format("checkpoint-%020d", checkpoint.sequence()));
    }

    private Optional<Checkpoint> read(Path path) throws IOException {
        try (DiskFile file = disk.openReadOnly(path)) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
            file.read(0, bytes);
            return CheckpointCodec.decode(bytes.flip());
        }
    }

    private static Checkpoint withoutTables(Checkpoint all) {
        return new Checkpoint(
                all.sequence(),
                all.position(),
                all.durableEnd(),
                all.sealedFrom(),
                all.lastStoreTimestamp(),
                all.clean(),
                Map.of());
    }
}
