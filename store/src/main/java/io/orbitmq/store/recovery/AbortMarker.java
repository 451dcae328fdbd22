package io.orbitmq.store.recovery;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The file {@code abort}: there while a store is open, so what finds it at opening knows of a crash (protocol/05 section 1). */
public final class AbortMarker {

    private final Disk disk;
    private final Path path;

    public AbortMarker(Disk disk, Path rootDirectory) {
        this.disk = disk;
        this.path = rootDirectory.resolve("abort");
    }

    public boolean exists() {
        return disk.exists(path);
    }

    /** Durable before it returns. */
    public void set() throws IOException {
        try (DiskFile file = disk.open(path)) {
            String pid = Long.toString(ProcessHandle.current().pid());
            file.setSize(0);
            file.write(0, ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
            file.force(true);
        }
        disk.forceDirectory(path.getParent());
    }

    public void clear() throws IOException {
        disk.delete(path);
        disk.forceDirectory(path.getParent());
    }
}
