package io.orbitmq.testkit.disk;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Names of files, as shown and as stored: a creation, rename or removal is stored when its directory is forced. */
final class DirectoryEntries {

    private final TreeMap<Path, FileContent> shown = new TreeMap<>();
    private final Map<Path, FileContent> stored = new HashMap<>();
    private final List<Change> pending = new ArrayList<>();

    /** One change of a name: {@code content} null means that the name goes away. */
    private record Change(Path directory, Map<Path, FileContent> names) {}

    FileContent get(Path path) {
        return shown.get(path);
    }

    Iterable<FileContent> all() {
        return shown.values();
    }

    List<Path> in(Path directory) {
        List<Path> found = new ArrayList<>();
        for (Path path : shown.keySet()) {
            if (path.getParent().equals(directory)) {
                found.add(path);
            }
        }
        return found;
    }

    void create(Path path, FileContent content) {
        shown.put(path, content);
        pending.add(new Change(path.getParent(), Map.of(path, content)));
    }

    void delete(Path path) {
        if (shown.remove(path) != null) {
            Map<Path, FileContent> names = new HashMap<>();
            names.put(path, null);
            pending.add(new Change(path.getParent(), names));
        }
    }

    void rename(Path from, Path to) {
        FileContent content = shown.remove(from);
        shown.put(to, content);
        Map<Path, FileContent> names = new HashMap<>();
        names.put(from, null);
        names.put(to, content);
        pending.add(new Change(to.getParent(), names));
    }

    void force(Path directory) {
        pending.removeIf(change -> {
            boolean covered = change.directory().equals(directory);
            if (covered) {
                store(change);
            }
            return covered;
        });
    }

    /** Some of the changes that were not forced are kept: a prefix of them, or any. */
    void crash(Random chance) {
        boolean inOrder = chance.nextBoolean();
        int keptInOrder = chance.nextInt(pending.size() + 1);
        for (int i = 0; i < pending.size(); i++) {
            if (inOrder ? i < keptInOrder : chance.nextBoolean()) {
                store(pending.get(i));
            }
        }
        pending.clear();
        shown.clear();
        shown.putAll(stored);
    }

    private void store(Change change) {
        change.names().forEach((path, content) -> {
            if (content == null) {
                stored.remove(path);
            } else {
                stored.put(path, content);
            }
        });
    }
}
