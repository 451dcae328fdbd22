package io.orbitmq.store.tools;

import com.fasterxml.jackson.databind.JsonNode;
import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.DiskFile;
import io.orbitmq.protocol.frame.MalformedBodyException;
import io.orbitmq.protocol.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** One JSON file of a RocketMQ store's {@code config} directory, or its {@code .bak} when it is empty or unreadable. */
final class StateFile {

    private static final long MAX_BYTES = 512L << 20;

    private final Disk disk;
    private final Path path;
    private final List<String> notes;

    StateFile(Disk disk, Path path, List<String> notes) {
        this.disk = disk;
        this.path = path;
        this.notes = notes;
    }

    /** The file's object; an empty one, and a note, when neither the file nor its backup can be read. */
    JsonNode read() throws IOException {
        JsonNode node = readOne(path);
        if (node.isEmpty()) {
            Path backup = path.resolveSibling(path.getFileName() + ".bak");
            node = readOne(backup);
            notes.add(
                    node.isEmpty()
                            ? path.getFileName() + " has no readable content and no backup: nothing is taken from it"
                            : path.getFileName() + " has no readable content: its backup " + backup.getFileName()
                                    + " is used, which may be some seconds older");
        }
        return node;
    }

    private JsonNode readOne(Path file) throws IOException {
        if (!disk.exists(file)) {
            return Json.object();
        }
        try (DiskFile open = disk.openReadOnly(file)) {
            if (open.size() > MAX_BYTES) {
                notes.add(file + " has " + open.size() + " bytes, expected at most " + MAX_BYTES + ": it is left out");
                return Json.object();
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) open.size());
            open.read(0, bytes);
            return Json.readObject(bytes.flip());
        } catch (MalformedBodyException e) {
            notes.add(file + " is not readable: " + e.getMessage());
            return Json.object();
        }
    }
}
