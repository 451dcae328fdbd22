package io.orbitmq.store.index;

import io.orbitmq.foundation.file.Disk;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of one index: run files, the journal, and a mark that asks the next opening to begin from nothing.
 * Any thread.
 */
final class IndexDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(IndexDirectory.class);
    private static final String MARK = "damaged";

    private final Disk disk;
    private final Path path;
    /** Why this opening began from nothing; empty when it did not. */
    private String rebuilt = "";
    /** What was found damaged since; empty when nothing. */
    private volatile String damage = "";

    IndexDirectory(Disk disk, Path path) throws IOException {
        this.disk = disk;
        this.path = path;
        disk.createDirectories(path);
    }

    Disk disk() {
        return disk;
    }

    Path path() {
        return path;
    }

    /** Empty, or the sentence that says why the index must be rebuilt or was. */
    String damage() {
        return isSound() ? rebuilt : damage;
    }

    /** Whether nothing was found damaged since the opening. */
    boolean isSound() {
        return damage.isEmpty();
    }

    private boolean isMarkedDamaged() {
        return disk.exists(path.resolve(MARK));
    }

    /** Remembers that a file was found damaged: the next opening rebuilds the index from the log. */
    void markDamaged(String text) {
        if (!isSound()) {
            return;
        }
        damage = text;
        LOG.error("event=index-damaged directory={} action=\"restart the broker to rebuild it\" cause={}", path, text);
        try {
            disk.open(path.resolve(MARK)).close();
            disk.forceDirectory(path);
        } catch (IOException e) {
            LOG.error("event=index-mark-failed directory={} cause={}", path, e.toString());
        }
    }

    /** Opens an index in a directory. */
    interface Opener<T> {

        T open(IndexDirectory directory) throws IOException;
    }

    /** Opens what is there; when that is damaged or incomplete, removes it and opens an empty index. */
    static <T> T openSound(Disk disk, Path path, Opener<T> opener) throws IOException {
        IndexDirectory directory = new IndexDirectory(disk, path);
        if (directory.isMarkedDamaged()) {
            directory.wipe("a file was found damaged while it was in use");
        }
        try {
            return opener.open(directory);
        } catch (DamagedIndexException | NoSuchFileException e) {
            directory.wipe(e.getMessage());
            return opener.open(directory);
        }
    }

    /** Removes every file; {@code reason} is kept as {@link #damage}. */
    private void wipe(String reason) throws IOException {
        rebuilt = reason;
        LOG.warn("event=index-rebuild directory={} cause={}", path, reason);
        Path mark = path.resolve(MARK);
        for (Path each : disk.list(path)) {
            if (!each.equals(mark)) {
                disk.delete(each);
            }
        }
        disk.forceDirectory(path);
        disk.delete(mark);
        disk.forceDirectory(path);
    }

    /** Removes run files and temporary files that the journal does not know. */
    void removeUnknown(Set<Path> known) throws IOException {
        for (Path each : disk.list(path)) {
            String name = each.getFileName().toString();
            if (name.endsWith(".tmp") || name.endsWith(RunFooter.SUFFIX) && !known.contains(each)) {
                disk.delete(each);
            }
        }
    }
}
