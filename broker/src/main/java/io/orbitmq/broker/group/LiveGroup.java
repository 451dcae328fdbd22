package io.orbitmq.broker.group;

import io.orbitmq.protocol.body.client.Subscription;
import io.orbitmq.transport.Connection;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One consumer group that has live connections: its members, how each consumes, and what each subscribed to, all as the
 * last heartbeats said. The group's own subscriptions are those of all members together. Readers need no lock: what they
 * see is one consistent value at a time.
 */
public final class LiveGroup {

    private final String name;
    private final Map<Connection, Member> members = new LinkedHashMap<>();
    private final Map<Connection, MemberSubscriptions> own = new ConcurrentHashMap<>();
    private volatile List<Member> memberList = List.of();
    private volatile ConsumerMode mode;
    private volatile Map<String, Subscription> subscriptions = Map.of();
    private volatile List<SubscriptionConflict> conflicts = List.of();

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

    /** Any member's subscription to a topic, the one with the greatest version; a table lookup. */
    public Optional<Subscription> subscription(String topic) {
        return Optional.ofNullable(subscriptions.get(topic));
    }

    /**
     * The subscription by which messages for this connection are filtered; table lookups. It is the connection's own. A
     * connection that told none yet takes the group's, but not where members differ: the wrong one would lose messages.
     */
    public Optional<Subscription> subscription(Connection connection, String topic) {
        MemberSubscriptions told = own.get(connection);
        if (told != null && told.isKnown()) {
            return told.subscription(topic);
        }
        return isDisputed(topic) ? Optional.empty() : subscription(topic);
    }

    /** All subscriptions by topic; immutable. */
    public Map<String, Subscription> subscriptions() {
        return subscriptions;
    }

    /** What each member told, in the order they came. */
    public List<MemberSubscriptions> memberSubscriptions() {
        return memberList.stream()
                .map(member -> Optional.ofNullable(own.get(member.connection())))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Where members differ; empty for a sound group. */
    public List<SubscriptionConflict> conflicts() {
        return conflicts;
    }

    private boolean isDisputed(String topic) {
        return conflicts.stream().anyMatch(conflict -> conflict.topic().equals(topic));
    }

    /** Adds or refreshes a member; true when its connection is new. */
    synchronized boolean join(Member member, ConsumerMode newMode) {
        mode = newMode;
        boolean isNew = members.put(member.connection(), member) == null;
        memberList = List.copyOf(members.values());
        MemberSubscriptions before = own.get(member.connection());
        MemberSubscriptions after = before == null
                ? new MemberSubscriptions(member.clientId(), newMode, false, Map.of())
                : before.withMode(member.clientId(), newMode);
        own.put(member.connection(), after);
        if (!after.equals(before)) {
            conflicts = ConflictFinder.find(memberSubscriptions());
        }
        return isNew;
    }

    /** Whether the connection told its subscriptions. */
    boolean knowsSubscriptions(Connection connection) {
        MemberSubscriptions told = own.get(connection);
        return told != null && told.isKnown();
    }

    /** True when the connection was a member. */
    synchronized boolean leave(Connection connection) {
        boolean was = members.remove(connection) != null;
        memberList = List.copyOf(members.values());
        own.remove(connection);
        mergeSubscriptions();
        return was;
    }

    /**
     * Replaces a member's subscriptions: unknown topics are added, known ones replaced by a greater version, missing ones
     * removed. True when the group gained or lost a topic by it.
     */
    synchronized boolean subscribe(Connection connection, Collection<Subscription> heartbeat) {
        MemberSubscriptions told = own.get(connection);
        Map<String, Subscription> after = new HashMap<>();
        for (Subscription subscription : heartbeat) {
            Subscription known = told.byTopic().get(subscription.topic());
            boolean newer = known == null || subscription.version() > known.version();
            after.put(subscription.topic(), newer ? subscription : known);
        }
        if (told.isKnown() && after.equals(told.byTopic())) {
            return false;
        }
        own.put(connection, told.knowing(after));
        Map<String, Subscription> before = subscriptions;
        mergeSubscriptions();
        return !before.keySet().equals(subscriptions.keySet());
    }

    private void mergeSubscriptions() {
        List<MemberSubscriptions> told = memberSubscriptions();
        Map<String, Subscription> merged = new HashMap<>();
        for (MemberSubscriptions member : told) {
            member.byTopic()
                    .forEach((topic, subscription) -> merged.merge(
                            topic, subscription, (one, other) -> other.version() > one.version() ? other : one));
        }
        subscriptions = Map.copyOf(merged);
        conflicts = ConflictFinder.find(told);
    }
}
