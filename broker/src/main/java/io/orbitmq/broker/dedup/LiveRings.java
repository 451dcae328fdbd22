package io.orbitmq.broker.dedup;

import io.orbitmq.transport.Connection;
import java.net.InetAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The rings of the open connections, and for each connection that was opened just now what other connections of its host
 * sent last: a producer whose connection broke may be back before this side has noticed the break. Safe for any thread; a
 * connection's own methods are called on its event loop.
 */
final class LiveRings {

    private static final long HEAP_SHARE = 64;
    private static final long BYTES_PER_SLOT = 28;
    private static final long YOUNG_MS = 3000;
    private static final int MOST_SIBLINGS = 32;

    private final Map<Connection, SendRing> rings = new ConcurrentHashMap<>();
    private final Map<InetAddress, Set<Connection>> byHost = new ConcurrentHashMap<>();
    private final Map<Connection, Young> young = new ConcurrentHashMap<>();
    private final AtomicLong budget = new AtomicLong(Runtime.getRuntime().maxMemory() / HEAP_SHARE / BYTES_PER_SLOT);
    private final int limit;

    /** @param limit sends of other connections kept for a young one at most */
    LiveRings(int limit) {
        this.limit = limit;
    }

    /** A connection opened just now, and what others of its host sent before. */
    private record Young(long untilMs, RememberedSends siblings) {}

    void opened(Connection connection, long nowMs, long recentFromMs) {
        Set<Connection> siblings = byHost.getOrDefault(host(connection), Set.of());
        if (siblings.isEmpty()) {
            return;
        }
        RememberedSends recent = new RememberedSends(limit);
        siblings.stream().limit(MOST_SIBLINGS).forEach(sibling -> {
            SendRing ring = rings.get(sibling);
            if (ring != null) {
                ring.copyTo(recent::add, recentFromMs);
            }
        });
        if (!recent.isEmpty()) {
            young.put(connection, new Young(nowMs + YOUNG_MS, recent));
        }
    }

    boolean isYoung(Connection connection) {
        return !young.isEmpty() && young.containsKey(connection);
    }

    /** Whether others of its host may have sent this before the connection was opened. */
    boolean maySiblingsHold(Connection connection, long hash) {
        Young found = young.isEmpty() ? null : young.get(connection);
        return found != null && found.siblings.mayHold(hash);
    }

    /** Takes out what others of its host sent before the connection was opened; false when there is no such send. */
    boolean takeFromSiblings(Connection connection, long hash, int group) {
        Young found = young.get(connection);
        if (found == null) {
            return false;
        }
        long[] positions = found.siblings.find(hash, group, 1);
        return positions.length > 0 && found.siblings.remove(hash, positions[0]);
    }

    /** The connection's ring, made if there is none. */
    SendRing of(Connection connection) {
        SendRing ring = rings.get(connection);
        if (ring != null) {
            return ring;
        }
        byHost.compute(host(connection), (host, known) -> {
            Set<Connection> siblings = known == null ? ConcurrentHashMap.newKeySet() : known;
            siblings.add(connection);
            return siblings;
        });
        return rings.computeIfAbsent(connection, key -> new SendRing(budget));
    }

    /** Shows the sends of the connection stored from {@code fromMs} on. */
    void copyTo(Connection connection, SendRing.Sink sink, long fromMs) {
        SendRing ring = rings.get(connection);
        if (ring != null) {
            ring.copyTo(sink, fromMs);
        }
    }

    void closed(Connection connection) {
        young.remove(connection);
        SendRing ring = rings.remove(connection);
        if (ring != null) {
            ring.release();
            byHost.computeIfPresent(host(connection), (host, siblings) -> {
                siblings.remove(connection);
                return siblings.isEmpty() ? null : siblings;
            });
        }
    }

    /** Forgets who is not young any more. */
    void expire(long nowMs) {
        if (!young.isEmpty()) {
            young.values().removeIf(one -> one.untilMs < nowMs);
        }
    }

    private static InetAddress host(Connection connection) {
        return connection.remoteAddress().getAddress();
    }
}
