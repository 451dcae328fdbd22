package io.orbitmq.server.config;

import io.orbitmq.broker.manage.OperatorSettings;
import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration file a broker was started with. A change at run time is written into it: comments and the order of
 * lines stay, the content before is kept beside it as {@code .bak}. Safe for any thread.
 */
public final class SettingsFile implements OperatorSettings {

    private final Map<String, String> atStart;
    private final Optional<Path> file;
    private final Disk disk;

    /**
     * @param effective key and value of every setting the broker started with
     * @param file given with -c; empty when there was none
     */
    public SettingsFile(Map<String, String> effective, Optional<Path> file, Disk disk) {
        this.atStart = Map.copyOf(effective);
        this.file = file;
        this.disk = disk;
    }

    @Override
    public Map<String, String> atStart() {
        return atStart;
    }

    /** @throws IOException when the file cannot be written, or there is none */
    @Override
    public synchronized void keep(Map<String, String> changes) throws IOException {
        if (changes.isEmpty()) {
            return;
        }
        Path target = file.orElseThrow(() -> new IOException(
                        "the broker was started without -c FILE, so there is no file" + " to write the settings to"))
                .toAbsolutePath();
        String before = Files.readString(target, StandardCharsets.UTF_8);
        replace(target.resolveSibling(target.getFileName() + ".bak"), before);
        replace(target, PropertiesEdit.apply(before, changes));
    }

    private void replace(Path target, String text) throws IOException {
        Path fresh = target.resolveSibling(target.getFileName() + ".tmp");
        disk.delete(fresh);
        try (DiskFile opened = disk.open(fresh)) {
            opened.write(0, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            opened.force(true);
        }
        disk.rename(fresh, target);
        disk.forceDirectory(target.getParent());
    }
}
