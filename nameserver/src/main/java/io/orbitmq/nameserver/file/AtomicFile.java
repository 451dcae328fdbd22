package io.orbitmq.nameserver.file;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A file that holds either its old or its new content, never a mixture: new content is written beside it, forced, and
 * renamed over it; then the directory is forced.
 */
public final class AtomicFile {

    private static final int MAX_BYTES = 256 * 1024 * 1024;

    private final Disk disk;
    private final Path path;

    public AtomicFile(Disk disk, Path path) {
        this.disk = disk;
        this.path = path.toAbsolutePath();
    }

    /** The content; empty when there is no file. */
    public byte[] read() throws IOException {
        if (!disk.exists(path)) {
            return new byte[0];
        }
        try (DiskFile file = disk.openReadOnly(path)) {
            long size = file.size();
            if (size > MAX_BYTES) {
                throw new IOException("The file " + path + " has " + size + " bytes, at most " + MAX_BYTES
                        + " are expected. Check that the path is right.");
            }
            ByteBuffer content = ByteBuffer.allocate((int) size);
            file.read(0, content);
            byte[] bytes = new byte[content.position()];
            content.get(0, bytes);
            return bytes;
        }
    }

    /** Replaces the content durably. */
    public void replace(byte[] content) throws IOException {
        Path directory = path.getParent();
        disk.createDirectories(directory);
        Path fresh = path.resolveSibling(path.getFileName() + ".tmp");
        try (DiskFile file = disk.open(fresh)) {
            file.setSize(0);
            file.write(0, ByteBuffer.wrap(content));
            file.force(true);
        }
        disk.rename(fresh, path);
        disk.forceDirectory(directory);
    }

    /** Like {@link #replace}, keeping the previous content, if any, in a file of the same name with {@code .bak}. */
    public void replaceKeepingBackup(byte[] content) throws IOException {
        byte[] previous = read();
        if (previous.length > 0) {
            new AtomicFile(disk, path.resolveSibling(path.getFileName() + ".bak")).replace(previous);
        }
        replace(content);
    }
}
