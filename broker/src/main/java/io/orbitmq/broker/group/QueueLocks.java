package io.orbitmq.broker.group;

import io.orbitmq.foundation.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which client of a group may consume a queue in order (protocol/07 section 9). A lock belongs to a client id, not to a
 * connection, and lasts until it is unlocked or was not renewed for a minute; nothing else releases it. Whether topic,
 * queue or group exist is not asked. In memory only. Safe for any thread; each group is guarded by its map entry.
 *
 * @param <Q> what names a queue
 */
public final class QueueLocks<Q> {

    /** More locked queues of one group can only be mischief; further ones are not granted. */
    private static final int MAX_LOCKS_PER_GROUP = 100_000;

    private final Map<String, Map<Q, Lock>> groups = new ConcurrentHashMap<>();
    private final Clock clock;
    private final long expiryNanos;

    /** @param expiry how long a lock lasts after its owner renewed it */
    public QueueLocks(Clock clock, Duration expiry) {
        this.clock = clock;
        this.expiryNanos = expiry.toNanos();
    }

    /** @param waiter who was refused last, empty for nobody */
    private record Lock(String clientId, long renewedNanos, String waiter) {}

    /** Locks or renews for {@code clientId} and returns the queues it now holds of those asked for. */
    public List<Q> lock(String group, String clientId, Collection<Q> queues) {
        long now = clock.nanos();
        List<Q> held = new ArrayList<>(queues.size());
        groups.compute(group, (name, before) -> {
            Map<Q, Lock> locks = before == null ? new HashMap<>() : before;
            for (Q queue : queues) {
                Lock lock = locks.get(queue);
                boolean free = lock == null ? locks.size() < MAX_LOCKS_PER_GROUP : isExpired(lock, now);
                if (free || lock != null && lock.clientId().equals(clientId)) {
                    locks.put(queue, new Lock(clientId, now, free ? "" : lock.waiter()));
                    held.add(queue);
                } else if (lock != null) {
                    locks.put(queue, new Lock(lock.clientId(), lock.renewedNanos(), clientId));
                }
            }
            return locks.isEmpty() ? null : locks;
        });
        return held;
    }

    /**
     * Unlocks those of the queues that {@code clientId} holds and ignores the others. Returns the clients that asked for
     * one of them in vain and may have it now.
     */
    public Set<String> unlock(String group, String clientId, Collection<Q> queues) {
        Set<String> waiters = new HashSet<>();
        groups.computeIfPresent(group, (name, locks) -> {
            for (Q queue : queues) {
                Lock lock = locks.get(queue);
                if (lock != null && lock.clientId().equals(clientId)) {
                    locks.remove(queue);
                    waiters.add(lock.waiter());
                }
            }
            return locks.isEmpty() ? null : locks;
        });
        waiters.remove("");
        return waiters;
    }

    /** Whether anybody holds a lock of the group that has not expired: the group consumes in order. */
    public boolean isLocked(String group) {
        long now = clock.nanos();
        boolean[] locked = {false};
        groups.computeIfPresent(group, (name, locks) -> {
            locked[0] = locks.values().stream().anyMatch(lock -> !isExpired(lock, now));
            return locks;
        });
        return locked[0];
    }

    /** Forgets expired locks; called now and then so that memory follows use. */
    public void removeExpired() {
        long now = clock.nanos();
        for (String group : groups.keySet()) {
            groups.computeIfPresent(group, (name, locks) -> {
                locks.values().removeIf(lock -> isExpired(lock, now));
                return locks.isEmpty() ? null : locks;
            });
        }
    }

    private boolean isExpired(Lock lock, long now) {
        return now - lock.renewedNanos() > expiryNanos;
    }
}
