package io.orbitmq.foundation.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Creates, lists, renames and removes files. All methods may be called from any thread.
 *
 * <p>Durability: the content of a file is durable after {@link DiskFile#force}; a creation, rename or removal is
 * durable after {@link #forceDirectory} of its directory.
 */
public interface Disk {

    /** Creates the directory and its missing parents; an existing directory is left alone. */
    void createDirectories(Path directory) throws IOException;

    /** The plain files and directories in {@code directory}, sorted by name; empty when the directory does not exist. */
    List<Path> list(Path directory) throws IOException;

    boolean exists(Path path);

    /** Opens for reading and writing, creating an empty file when there is none. */
    DiskFile open(Path path) throws IOException;

    /** Opens an existing file for reading; writing to it throws. */
    DiskFile openReadOnly(Path path) throws IOException;

    /** Removes a file or an empty directory; does nothing when there is none. */
    void delete(Path path) throws IOException;

    /** Renames atomically, replacing the target. */
    void rename(Path from, Path to) throws IOException;

    /** Makes creations, renames and removals inside {@code directory} durable. */
    void forceDirectory(Path directory) throws IOException;

    /** Space of the partition that holds {@code path}. */
    Space space(Path path) throws IOException;

    /**
     * Takes the exclusive lock on the file, creating it if needed, until the result is closed.
     *
     * @throws IOException with a sentence for the operator when another process holds it
     */
    AutoCloseable lock(Path path) throws IOException;

    /**
     * Total and usable bytes of a partition.
     *
     * @param totalBytes size of the partition
     * @param usableBytes bytes this process may still write
     */
    record Space(long totalBytes, long usableBytes) {

        /** Used share, 0 to 1. */
        public double usedRatio() {
            return totalBytes == 0 ? 0 : 1.0 - (double) usableBytes / totalBytes;
        }
    }
}
