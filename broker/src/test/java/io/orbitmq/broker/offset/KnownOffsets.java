package io.orbitmq.broker.offset;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What a log says of topics, groups, and how far these have come, for {@link OffsetModel}. */
final class KnownOffsets {

    /** A queue that a group reads. */
    record Queue(String group, String topic, int queueId) {}

    final Set<String> topics = new HashSet<>();
    final Set<String> groups = new HashSet<>();
    final Map<Queue, Long> offsets = new HashMap<>();
    /** Where queues of topics end, if not at 0. */
    final Map<String, Map<Integer, Long>> ends = new HashMap<>();

    void sent(String topic, int queueId) {
        ends.computeIfAbsent(topic, key -> new HashMap<>()).merge(queueId, 1L, Long::sum);
    }

    KnownOffsets copy() {
        KnownOffsets copy = new KnownOffsets();
        copy.topics.addAll(topics);
        copy.groups.addAll(groups);
        copy.offsets.putAll(offsets);
        ends.forEach((topic, queues) -> copy.ends.put(topic, new HashMap<>(queues)));
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KnownOffsets known
                && topics.equals(known.topics)
                && groups.equals(known.groups)
                && offsets.equals(known.offsets)
                && ends.equals(known.ends);
    }

    @Override
    public int hashCode() {
        return Objects.hash(topics, groups, offsets, ends);
    }

    @Override
    public String toString() {
        return "topics " + topics + " groups " + groups + " offsets " + offsets + " ends " + ends;
    }
}
