package io.orbitmq.broker.group;

import io.orbitmq.protocol.body.client.Subscription;
import io.orbitmq.transport.Connection;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One consumer group that has live connections: its members, how it consumes, and what it subscribed to, all as the last
 * heartbeats said. Readers need no lock: what they see is one consistent value at a time.
 */
public final class LiveGroup {

    private final String name;
    private final Map<Connection, Member> members = new LinkedHashMap<>();
    private volatile List<Member> memberList = List.of();
    private volatile ConsumerMode mode;
    private volatile Map<String, Subscription> subscriptions = Map.of();

    LiveGroup(String name, ConsumerMode mode) {
        this.name = name;
        this.mode = mode;
    }

    public String name() {
        return name;
    }

    /** How the group consumes; the last heartbeat wins. */
    public ConsumerMode mode() {
        return mode;
    }

    /** Members in the order they came. */
    public List<Member> members() {
        return memberList;
    }

    public Optional<Member> findMember(String clientId) {
        return memberList.stream()
                .filter(member -> member.clientId().equals(clientId))
                .findFirst();
    }

    /** The subscription to a topic; a table lookup. */
    public Optional<Subscription> subscription(String topic) {
        return Optional.ofNullable(subscriptions.get(topic));
    }

    /** All subscriptions by topic; immutable. */
    public Map<String, Subscription> subscriptions() {
        return subscriptions;
    }

    /** Adds or refreshes a member; true when its connection is new. */
    synchronized boolean join(Member member, ConsumerMode newMode) {
        mode = newMode;
        boolean isNew = members.put(member.connection(), member) == null;
        memberList = List.copyOf(members.values());
        return isNew;
    }

    /** True when the connection was a member. */
    synchronized boolean leave(Connection connection) {
        boolean was = members.remove(connection) != null;
        memberList = List.copyOf(members.values());
        return was;
    }

    /**
     * Replaces the subscriptions: unknown topics are added, known ones replaced by a greater version, missing ones
     * removed. True when a topic was added or removed.
     */
    synchronized boolean subscribe(Collection<Subscription> heartbeat) {
        Map<String, Subscription> before = subscriptions;
        Map<String, Subscription> after = new HashMap<>();
        for (Subscription told : heartbeat) {
            Subscription known = before.get(told.topic());
            boolean newer = known == null || told.version() > known.version();
            after.put(told.topic(), newer ? told : known);
        }
        subscriptions = Map.copyOf(after);
        return !after.keySet().equals(before.keySet());
    }
}
