package io.orbitmq.broker.offset;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Up to where messages were handed out, by topic, group and queue: a figure for operators, in memory only. The last one told
 * counts, so that a group that was set back shows what it holds now. Any thread.
 */
final class PulledOffsets {

    private static final long NONE = -1;

    private final Map<String, Map<String, AtomicLongArray>> byTopic = new ConcurrentHashMap<>();

    void put(String group, String topic, int queueId, long nextOffset) {
        Map<String, AtomicLongArray> groups = byTopic.get(topic);
        AtomicLongArray queues = groups == null ? null : groups.get(group);
        if (queues == null || queueId >= queues.length()) {
            queues = make(group, topic, queueId);
        }
        queues.lazySet(queueId, nextOffset);
    }

    /** {@code -1} when nothing was handed out. */
    long get(String group, String topic, int queueId) {
        AtomicLongArray queues = byTopic.getOrDefault(topic, Map.of()).get(group);
        return queues == null || queueId >= queues.length() ? NONE : queues.get(queueId);
    }

    void remove(String group, String topic) {
        byTopic.computeIfPresent(topic, (name, groups) -> {
            groups.remove(group);
            return groups.isEmpty() ? null : groups;
        });
    }

    void removeGroup(String group) {
        byTopic.keySet().forEach(topic -> remove(group, topic));
    }

    void removeTopic(String topic) {
        byTopic.remove(topic);
    }

    /** Room for the queue and those before it. A figure told at the same moment to the old array may be lost: the next comes. */
    private AtomicLongArray make(String group, String topic, int queueId) {
        return byTopic.compute(topic, (name, known) -> {
                    Map<String, AtomicLongArray> groups = known == null ? new ConcurrentHashMap<>() : known;
                    groups.compute(group, (ignored, old) -> grown(old, queueId));
                    return groups;
                })
                .get(group);
    }

    private static AtomicLongArray grown(AtomicLongArray old, int queueId) {
        if (old != null && queueId < old.length()) {
            return old;
        }
        long[] offsets = new long[queueId + 1];
        Arrays.fill(offsets, NONE);
        for (int i = 0; old != null && i < old.length(); i++) {
            offsets[i] = old.get(i);
        }
        return new AtomicLongArray(offsets);
    }
}
