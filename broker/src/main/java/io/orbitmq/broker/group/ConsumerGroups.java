package io.orbitmq.broker.group;

import io.orbitmq.protocol.body.client.Subscription;
import io.orbitmq.transport.Connection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Consumer groups that have live connections (protocol/07 section 1). A client is its connection; only heartbeats make
 * members. A group whose last connection left is forgotten. Safe for any thread.
 */
public final class ConsumerGroups {

    private final Map<String, LiveGroup> groups = new ConcurrentHashMap<>();
    private final GroupsByConnection groupsByConnection = new GroupsByConnection();
    private final MemberNotices notices;
    private final ConflictReports conflictReports = new ConflictReports();
    private final List<GroupListener> listeners = new CopyOnWriteArrayList<>();

    public ConsumerGroups(MemberNotices notices) {
        this.notices = notices;
    }

    public void addListener(GroupListener listener) {
        listeners.add(listener);
    }

    /** The group if it has a live connection; a table lookup. */
    public Optional<LiveGroup> find(String group) {
        return Optional.ofNullable(groups.get(group));
    }

    /** All groups with live connections; a live view in no order. */
    public Collection<LiveGroup> all() {
        return Collections.unmodifiableCollection(groups.values());
    }

    /** Groups that subscribed to the topic, sorted. Looks at every group: for administration only. */
    public Set<String> subscribersOf(String topic) {
        Set<String> names = new TreeSet<>();
        for (LiveGroup group : groups.values()) {
            if (group.subscription(topic).isPresent()) {
                names.add(group.name());
            }
        }
        return names;
    }

    /** Takes in a full heartbeat: the member, how the group consumes and what it subscribed to. */
    public void join(String group, Member member, ConsumerMode mode, Collection<Subscription> subscriptions) {
        enter(group, member, mode, Optional.of(subscriptions));
    }

    /** Takes in a short heartbeat: subscriptions stay as they are. False when the member never told its own. */
    public boolean refresh(String group, Member member, ConsumerMode mode) {
        enter(group, member, mode, Optional.empty());
        return find(group)
                .map(live -> live.knowsSubscriptions(member.connection()))
                .orElse(false);
    }

    /** Groups whose members differ about what they want now. */
    public List<LiveGroup> inConflict() {
        return groups.values().stream()
                .filter(group -> !group.conflicts().isEmpty())
                .toList();
    }

    /** How often members of a group began to differ, since the start. */
    public long conflictsReported() {
        return conflictReports.count();
    }

    /** The client leaves one group. */
    public void leave(String group, Connection connection) {
        groupsByConnection.remove(connection, group);
        remove(group, connection, false);
    }

    /** The connection is gone, and with it a member of every group it was in. */
    public void connectionClosed(Connection connection) {
        groupsByConnection.removeAll(connection).forEach(group -> remove(group, connection, true));
    }

    /** Queues that these clients wanted were unlocked: they are told to share out anew. */
    void queuesFreed(String group, Set<String> clientIds) {
        find(group).ifPresent(live -> notices.queuesFreed(live, clientIds));
    }

    /** Connections whose last heartbeat came before {@code nanos} on the monotonic clock. */
    public List<Connection> seenBefore(long nanos) {
        List<Connection> found = new ArrayList<>();
        for (LiveGroup group : groups.values()) {
            for (Member member : group.members()) {
                if (member.seenNanos() - nanos < 0) {
                    found.add(member.connection());
                }
            }
        }
        return found;
    }

    private void enter(
            String name, Member member, ConsumerMode mode, Optional<Collection<Subscription>> subscriptions) {
        groups.compute(name, (key, known) -> {
            LiveGroup group = known == null ? new LiveGroup(name, mode) : known;
            List<SubscriptionConflict> before = group.conflicts();
            boolean changed = group.join(member, mode);
            if (subscriptions.isPresent()) {
                changed |= group.subscribe(member.connection(), subscriptions.get());
                listeners.forEach(listener -> listener.subscribed(group));
            }
            if (changed) {
                notices.changed(group, false);
                listeners.forEach(listener -> listener.membersChanged(name, group.members()));
            }
            conflictReports.changed(name, before, group.conflicts());
            return group;
        });
        groupsByConnection.add(member.connection(), name);
    }

    private void remove(String name, Connection connection, boolean closed) {
        groups.computeIfPresent(name, (key, group) -> {
            List<SubscriptionConflict> before = group.conflicts();
            if (!group.leave(connection)) {
                return group;
            }
            conflictReports.changed(name, before, group.conflicts());
            listeners.forEach(listener -> listener.membersChanged(name, group.members()));
            if (group.members().isEmpty()) {
                listeners.forEach(listener -> listener.gone(name));
                return null;
            }
            notices.changed(group, closed);
            return group;
        });
    }
}
