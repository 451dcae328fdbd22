package io.orbitmq.broker.pop.hold;

import io.orbitmq.store.ReadRequest.RecordFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The requests held for one topic, by group and queue id, each in the order they came. Guarded by its monitor. */
final class TopicHolds {

    private final Map<String, Map<Integer, Set<HeldPop>>> groups = new HashMap<>();

    /** False when {@code most} are held for this key. */
    synchronized boolean add(HeldPop pop, int most) {
        Set<HeldPop> held = groups.computeIfAbsent(pop.key().group(), name -> new HashMap<>())
                .computeIfAbsent(pop.key().queueId(), id -> new LinkedHashSet<>());
        return held.size() < most && held.add(pop);
    }

    synchronized void remove(HeldPop pop) {
        Map<Integer, Set<HeldPop>> group = groups.get(pop.key().group());
        Set<HeldPop> held = group == null ? null : group.get(pop.key().queueId());
        if (held != null && held.remove(pop) && held.isEmpty()) {
            group.remove(pop.key().queueId());
            if (group.isEmpty()) {
                groups.remove(pop.key().group());
            }
        }
    }

    synchronized int count(HoldKey key) {
        return groups.getOrDefault(key.group(), Map.of())
                .getOrDefault(key.queueId(), Set.of())
                .size();
    }

    /** For every group, one request of the queue and one of all queues that a message with this tag may wake; claimed. */
    synchronized List<HeldPop> claimForMessage(int queueId, long tagsCode) {
        List<HeldPop> claimed = new ArrayList<>(2);
        for (Map<Integer, Set<HeldPop>> group : groups.values()) {
            claimOne(group.get(queueId), tagsCode, claimed);
            claimOne(group.get(HoldKey.ALL_QUEUES), tagsCode, claimed);
        }
        return claimed;
    }

    /** One request of the group that a message with this tag may wake, of all queues rather than of one; claimed. */
    synchronized List<HeldPop> claimForRetry(String group, long tagsCode) {
        List<HeldPop> claimed = new ArrayList<>(1);
        Map<Integer, Set<HeldPop>> held = groups.getOrDefault(group, Map.of());
        claimOne(held.get(HoldKey.ALL_QUEUES), tagsCode, claimed);
        for (Set<HeldPop> ofQueue : held.values()) {
            if (claimed.isEmpty()) {
                claimOne(ofQueue, tagsCode, claimed);
            }
        }
        return claimed;
    }

    /** The oldest request of exactly this key, claimed; empty when none waits. */
    synchronized List<HeldPop> claimOldest(HoldKey key) {
        List<HeldPop> claimed = new ArrayList<>(1);
        for (HeldPop pop : groups.getOrDefault(key.group(), Map.of()).getOrDefault(key.queueId(), Set.of())) {
            if (pop.claim()) {
                claimed.add(pop);
                break;
            }
        }
        return claimed;
    }

    /** All requests of a group, or of every group if it is empty; claimed. */
    synchronized List<HeldPop> claimAll(String group) {
        List<HeldPop> claimed = new ArrayList<>();
        groups.forEach((name, byQueue) -> {
            if (group.isEmpty() || group.equals(name)) {
                byQueue.values()
                        .forEach(held -> held.stream().filter(HeldPop::claim).forEach(claimed::add));
            }
        });
        return claimed;
    }

    private static void claimOne(Set<HeldPop> held, long tagsCode, List<HeldPop> claimed) {
        if (held == null) {
            return;
        }
        for (HeldPop pop : held) {
            RecordFilter filter = pop.filter();
            if (filter.mayMatch(tagsCode) && pop.claim()) {
                claimed.add(pop);
                return;
            }
        }
    }
}
