package io.orbitmq.store.recovery;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.DiskFile;
import io.orbitmq.store.segment.SegmentedLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of what was cut off the log, the bytes as they were, for who doubts the disk: a crash and a damaged disk
 * leave the same. A file is named by a growing number and the position of its first byte in the log; the newest four are
 * kept. Saving never keeps a store from opening. One thread.
 */
final class CutFiles {

    private static final Logger LOG = LoggerFactory.getLogger(CutFiles.class);
    private static final Pattern NAME = Pattern.compile("\\d{8}-\\d{20}");
    private static final String TEMPORARY = "cut.tmp";
    private static final int NUMBER_DIGITS = 8;
    private static final int KEPT = 4;
    /** The disk must have so many times the file's size left: opening itself needs some. */
    private static final int AMPLE = 4;

    private static final int PIECE_BYTES = 1 << 20;

    private final Disk disk;
    private final Path directory;

    CutFiles(Disk disk, Path directory) {
        this.disk = disk;
        this.directory = directory;
    }

    /** Saves the bytes durably; the file, or empty when it could not be written. */
    Optional<Path> save(SegmentedLog log, Leftover leftover) {
        try {
            disk.createDirectories(directory);
            List<Path> older = files();
            Path saved = directory.resolve(name(older, leftover.position()));
            write(log, leftover, saved);
            removeAllBut(KEPT - 1, older);
            return Optional.of(saved);
        } catch (IOException e) {
            LOG.warn(
                    "event=cut-bytes-not-saved position={} bytes={} directory={} action=\"they are cut off all the same\"",
                    leftover.position(),
                    leftover.bytes(),
                    directory,
                    e);
            return Optional.empty();
        }
    }

    private void write(SegmentedLog log, Leftover leftover, Path saved) throws IOException {
        long usable = disk.space(directory).usableBytes();
        if (usable < AMPLE * leftover.bytes()) {
            throw new IOException("Expected " + AMPLE * leftover.bytes() + " usable bytes on the disk of " + directory
                    + ", found " + usable + ".");
        }
        Path temporary = directory.resolve(TEMPORARY);
        disk.delete(temporary);
        try (DiskFile file = disk.open(temporary)) {
            copy(log, leftover, file);
            file.force(true);
        } catch (IOException e) {
            disk.delete(temporary);
            throw e;
        }
        disk.rename(temporary, saved);
        disk.forceDirectory(directory);
        disk.forceDirectory(directory.getParent());
    }

    private static void copy(SegmentedLog log, Leftover leftover, DiskFile file) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, leftover.bytes()));
        long at = 0;
        while (at < leftover.bytes()) {
            piece.clear().limit((int) Math.min(piece.capacity(), leftover.bytes() - at));
            int read = log.read(leftover.position() + at, piece);
            file.write(at, piece.flip());
            at += read;
        }
    }

    private void removeAllBut(int kept, List<Path> oldestFirst) {
        try {
            for (Path old : oldestFirst.subList(0, Math.max(0, oldestFirst.size() - kept))) {
                disk.delete(old);
            }
        } catch (IOException e) {
            LOG.warn(
                    "event=old-cut-bytes-not-removed directory={} action=\"tried again at the next cut\"",
                    directory,
                    e);
        }
    }

    private List<Path> files() throws IOException {
        return disk.list(directory).stream()
                .filter(path -> NAME.matcher(path.getFileName().toString()).matches())
                .toList();
    }

    private static String name(List<Path> older, long position) {
        int number = 1;
        if (!older.isEmpty()) {
            String newest = older.get(older.size() - 1).getFileName().toString();
            number += Integer.parseInt(newest.substring(0, NUMBER_DIGITS));
        }
        return String.format("%08d-%020d", number, position);
    }
}
