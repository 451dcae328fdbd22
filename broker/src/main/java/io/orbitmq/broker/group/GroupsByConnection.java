package io.orbitmq.broker.group;

import io.orbitmq.transport.Connection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** In which groups a connection is, so that its end costs nothing to the other groups. Safe for any thread. */
final class GroupsByConnection {

    private final Map<Connection, Set<String>> groups = new ConcurrentHashMap<>();

    void add(Connection connection, String group) {
        groups.compute(connection, (key, before) -> {
            Set<String> names = before == null ? ConcurrentHashMap.newKeySet(2) : before;
            names.add(group);
            return names;
        });
    }

    void remove(Connection connection, String group) {
        groups.computeIfPresent(connection, (key, names) -> {
            names.remove(group);
            return names.isEmpty() ? null : names;
        });
    }

    /** Whether the connection is in any group. */
    boolean has(Connection connection) {
        return groups.containsKey(connection);
    }

    /** The groups of the connection, which is forgotten. */
    Set<String> removeAll(Connection connection) {
        Set<String> names = groups.remove(connection);
        return names == null ? Set.of() : names;
    }
}
