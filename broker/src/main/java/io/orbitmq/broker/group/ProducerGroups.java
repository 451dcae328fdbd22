package io.orbitmq.broker.group;

import io.orbitmq.transport.Connection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Live producers by group: who can be asked about a transaction or be pushed a reply (protocol/04 section 7.8). In memory
 * only; connections announce themselves again with the next heartbeat. Safe for any thread.
 */
public final class ProducerGroups {

    private final Map<String, Map<Connection, Member>> groups = new ConcurrentHashMap<>();
    private final Map<String, Connection> byClientId = new ConcurrentHashMap<>();
    private final GroupsByConnection groupsByConnection = new GroupsByConnection();

    /** Adds the member, or refreshes it when its connection is already there. */
    public void register(String group, Member member) {
        groups.compute(group, (name, members) -> {
            Map<Connection, Member> target = members == null ? new ConcurrentHashMap<>() : members;
            target.put(member.connection(), member);
            return target;
        });
        groupsByConnection.add(member.connection(), group);
        byClientId.put(member.clientId(), member.connection());
    }

    public void unregister(String group, Connection connection) {
        groupsByConnection.remove(connection, group);
        groups.computeIfPresent(group, (name, members) -> {
            Member left = members.remove(connection);
            if (left != null && !groupsByConnection.has(connection)) {
                byClientId.remove(left.clientId(), connection);
            }
            return members.isEmpty() ? null : members;
        });
    }

    /** Removes the connection from every group. */
    public void connectionClosed(Connection connection) {
        groupsByConnection.removeAll(connection).forEach(group -> unregister(group, connection));
    }

    /** Members seen last before {@code nanos} on the monotonic clock. */
    public List<Connection> seenBefore(long nanos) {
        List<Connection> found = new ArrayList<>();
        groups.values().forEach(members -> members.values().stream()
                .filter(member -> member.seenNanos() - nanos < 0)
                .forEach(member -> found.add(member.connection())));
        return found;
    }

    /** Names of the groups that have members, sorted. */
    public Set<String> names() {
        return new TreeSet<>(groups.keySet());
    }

    /** The group's members; empty for an unknown group. */
    public Collection<Member> members(String group) {
        return List.copyOf(groups.getOrDefault(group, Map.of()).values());
    }

    /** The connection of the producer that calls itself {@code clientId}, in any group. */
    public Optional<Connection> findClient(String clientId) {
        return Optional.ofNullable(byClientId.get(clientId));
    }
}
