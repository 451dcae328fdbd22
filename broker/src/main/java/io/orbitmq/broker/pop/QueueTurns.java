package io.orbitmq.broker.pop;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is popping which queue at this instant: one at a time per group and queue, others pass it over (protocol/08 section
 * 2.6). Safe for any thread; nobody waits.
 */
final class QueueTurns {

    private final Map<Key, Set<Integer>> taken = new ConcurrentHashMap<>();

    private record Key(String group, String topic) {}

    /** The turns of one group in one topic. */
    Set<Integer> of(String group, String topic) {
        return taken.computeIfAbsent(new Key(group, topic), key -> ConcurrentHashMap.newKeySet());
    }

    /** Forgets a topic that is gone. */
    void forget(String topic) {
        taken.keySet().removeIf(key -> key.topic().equals(topic));
    }
}
