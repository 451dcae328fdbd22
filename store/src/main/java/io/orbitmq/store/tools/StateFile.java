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
    private String fault = "";

    StateFile(Disk disk, Path path, List<String> notes) {
        this.disk = disk;
        this.path = path;
        this.notes = notes;
    }

    /**
     * The file's object, or its backup's; an empty one, and a note, when there is neither.
     *
     * @throws IOException when there is such a file but neither it nor its backup can be read
     */
    JsonNode read() throws IOException {
        JsonNode node = readOne(path);
        if (!node.isEmpty()) {
            return node;
        }
        Path backup = path.resolveSibling(path.getFileName() + ".bak");
        node = readOne(backup);
        if (!node.isEmpty()) {
            notes.add(path.getFileName() + " has no readable content: its backup " + backup.getFileName()
                    + " is used, which may be some seconds older");
        } else if (!fault.isEmpty()) {
            throw new IOException("expected a JSON object of Apache RocketMQ in " + fault
                    + "; neither this file nor its backup can be read. Restore the file from a backup or correct it; to"
                    + " open the store without what stood in it, move both out of the directory");
        } else {
            notes.add(path.getFileName() + " is missing or empty: nothing is taken from it");
        }
        return node;
    }

    private JsonNode readOne(Path file) throws IOException {
        if (!disk.exists(file)) {
            return Json.object();
        }
        try (DiskFile open = disk.openReadOnly(file)) {
            if (open.size() == 0 || open.size() > MAX_BYTES) {
                return unreadable(file, "found " + open.size() + " bytes, expected 1 to " + MAX_BYTES);
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) open.size());
            open.read(0, bytes);
            return Json.readObject(bytes.flip());
        } catch (MalformedBodyException e) {
            return unreadable(file, e.getMessage());
        }
    }

    private JsonNode unreadable(Path file, String cause) {
        fault = fault.isEmpty() ? file + ": " + cause : fault;
        return Json.object();
    }
}
