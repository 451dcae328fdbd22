package io.orbitmq.broker.offset;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Resets that no pull has noticed yet: (group, topic, queue) to offset. Usually empty, so asking is cheap. In memory
 * only, as clients expect (protocol/07 section 12.1). Safe for any thread.
 */
final class OffsetResets {

    private final Map<GroupTopic, Map<Integer, Long>> waiting = new ConcurrentHashMap<>();

    void put(String group, String topic, Map<Integer, Long> offsets) {
        waiting.compute(new GroupTopic(group, topic), (key, before) -> {
            Map<Integer, Long> all = before == null ? new HashMap<>() : new HashMap<>(before);
            all.putAll(offsets);
            return Map.copyOf(all);
        });
    }

    long find(String group, String topic, int queueId) {
        if (waiting.isEmpty()) {
            return ConsumerOffsets.UNKNOWN;
        }
        return waiting.getOrDefault(new GroupTopic(group, topic), Map.of())
                .getOrDefault(queueId, ConsumerOffsets.UNKNOWN);
    }

    long take(String group, String topic, int queueId) {
        if (waiting.isEmpty()) {
            return ConsumerOffsets.UNKNOWN;
        }
        long[] taken = {ConsumerOffsets.UNKNOWN};
        waiting.computeIfPresent(new GroupTopic(group, topic), (key, before) -> {
            Map<Integer, Long> rest = new HashMap<>(before);
            Long offset = rest.remove(queueId);
            if (offset != null) {
                taken[0] = offset;
            }
            return rest.isEmpty() ? null : Map.copyOf(rest);
        });
        return taken[0];
    }

    void removeIf(Predicate<GroupTopic> condition) {
        waiting.keySet().removeIf(condition);
    }
}
