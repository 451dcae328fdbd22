package io.orbitmq.nameserver.kv;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.foundation.file.Disk;
import io.orbitmq.nameserver.file.AtomicFile;
import io.orbitmq.protocol.frame.MalformedBodyException;
import io.orbitmq.protocol.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Texts by namespace and key, in a file of the official form {@code {"configTable":{"namespace":{"key":"value"}}}}.
 * Reads never wait; a change replaces the file atomically and only then becomes visible, so a failed one changes nothing.
 */
public final class KvStore {

    /** Namespace of the settings for ordered topics: topic, then {@code broker:queues;...}. */
    public static final String ORDER_TOPICS = "ORDER_TOPIC_CONFIG";

    private final AtomicFile file;
    private volatile Map<String, SortedMap<String, String>> table;

    private KvStore(AtomicFile file, Map<String, SortedMap<String, String>> table) {
        this.file = file;
        this.table = table;
    }

    /**
     * Opens the file; a missing one is an empty store.
     *
     * @throws IOException when it cannot be read or is not of that form
     */
    public static KvStore open(Disk disk, Path path) throws IOException {
        AtomicFile file = new AtomicFile(disk, path);
        try {
            return new KvStore(file, parse(Json.read(file.read())));
        } catch (MalformedBodyException e) {
            throw new IOException(
                    "The settings file " + path + " is damaged: " + e.getMessage()
                            + ". Restore it from a copy, or remove it to start without settings.",
                    e);
        }
    }

    /** The value; empty when there is none. */
    public Optional<String> find(String namespace, String key) {
        return Optional.ofNullable(table.getOrDefault(namespace, Collections.emptySortedMap())
                        .get(key))
                .filter(value -> !value.isEmpty());
    }

    /** All keys and values of a namespace that exists, even if it is empty by now. */
    public Optional<Map<String, String>> list(String namespace) {
        return Optional.ofNullable(table.get(namespace));
    }

    /** @throws IOException when the file could not be replaced; nothing has changed then */
    public synchronized void put(String namespace, String key, String value) throws IOException {
        change(namespace, keys -> keys.put(key, value));
    }

    /** Removes a key if it is there. @throws IOException when the file could not be replaced; nothing has changed then */
    public synchronized void delete(String namespace, String key) throws IOException {
        if (table.getOrDefault(namespace, Collections.emptySortedMap()).containsKey(key)) {
            change(namespace, keys -> keys.remove(key));
        }
    }

    private void change(String namespace, Consumer<Map<String, String>> edit) throws IOException {
        Map<String, SortedMap<String, String>> next = new TreeMap<>(table);
        SortedMap<String, String> keys = new TreeMap<>(next.getOrDefault(namespace, Collections.emptySortedMap()));
        edit.accept(keys);
        next.put(namespace, Collections.unmodifiableSortedMap(keys));
        file.replace(encode(next));
        table = Collections.unmodifiableMap(next);
    }

    private static byte[] encode(Map<String, SortedMap<String, String>> table) {
        ObjectNode node = Json.object();
        ObjectNode namespaces = node.putObject("configTable");
        table.forEach((namespace, keys) -> namespaces.set(namespace, Json.object(keys)));
        return Json.write(node);
    }

    private static Map<String, SortedMap<String, String>> parse(JsonNode node) {
        Map<String, SortedMap<String, String>> table = new TreeMap<>();
        for (Map.Entry<String, JsonNode> member : node.path("configTable").properties()) {
            table.put(
                    member.getKey(), Collections.unmodifiableSortedMap(new TreeMap<>(Json.textMap(member.getValue()))));
        }
        return Collections.unmodifiableMap(table);
    }
}
