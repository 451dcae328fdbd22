package io.orbitmq.store.tools;

import io.orbitmq.protocol.body.group.GroupConfig;
import io.orbitmq.protocol.body.topic.TopicConfig;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the state files of an Apache RocketMQ store say, as plain records for the broker's tables.
 *
 * @param topics settings of topics, by name
 * @param groups settings of consumer groups, by name
 * @param offsets where groups go on
 * @param forbidden what groups may not consume
 * @param delayOffsets by delay level: the next offset of queue level - 1 of the delay topic
 * @param timers how far the messages of arbitrary delivery times are delivered
 * @param stoppedInOrder false when the broker was killed, or still runs
 * @param notes sentences for the operator: what was missing, unreadable, taken from a backup, or cannot be taken over
 */
public record ImportedState(
        List<TopicConfig> topics,
        List<GroupConfig> groups,
        List<CommittedOffset> offsets,
        List<Forbidden> forbidden,
        Map<Integer, Long> delayOffsets,
        DeliveredTimers timers,
        boolean stoppedInOrder,
        List<String> notes) {

    public ImportedState {
        topics = List.copyOf(topics);
        groups = List.copyOf(groups);
        offsets = List.copyOf(offsets);
        forbidden = List.copyOf(forbidden);
        delayOffsets = Collections.unmodifiableMap(new TreeMap<>(delayOffsets));
        notes = List.copyOf(notes);
    }

    /**
     * Progress of a group in one queue.
     *
     * @param nextOffset the offset to consume next
     */
    public record CommittedOffset(String group, String topic, int queueId, long nextOffset) {}

    /**
     * An entry of the table of forbidden subscriptions.
     *
     * @param bits one bit per forbidden use
     */
    public record Forbidden(String group, String topic, int bits) {}

    /** What would be taken over, as text for people. */
    public String report() {
        StringBuilder text = new StringBuilder();
        text.append("topics            ").append(topics.size()).append('\n');
        topics.forEach(topic -> text.append("  ").append(describe(topic)).append('\n'));
        text.append("groups            ").append(groups.size()).append('\n');
        groups.forEach(group -> text.append("  ").append(group.name()).append('\n'));
        text.append("committed offsets ").append(offsets.size()).append('\n');
        offsets.forEach(offset -> text.append("  ")
                .append(offset.group())
                .append(" at ")
                .append(offset.topic())
                .append('-')
                .append(offset.queueId())
                .append(": ")
                .append(offset.nextOffset())
                .append('\n'));
        text.append("forbidden         ").append(forbidden.size()).append('\n');
        text.append("delay levels      ").append(delayOffsets.size()).append('\n');
        delayOffsets.forEach((level, offset) -> text.append("  level ")
                .append(level)
                .append(": ")
                .append(offset)
                .append('\n'));
        text.append("timers            ")
                .append(
                        timers.equals(DeliveredTimers.NONE)
                                ? "none"
                                : "delivered up to " + Instant.ofEpochMilli(timers.beforeMs()))
                .append('\n');
        text.append("stopped in order  ").append(stoppedInOrder ? "yes" : "no").append('\n');
        text.append("notes             ").append(notes.size()).append('\n');
        notes.forEach(note -> text.append("  ").append(note).append('\n'));
        return text.toString();
    }

    private static String describe(TopicConfig topic) {
        return topic.name() + " read=" + topic.readQueues() + " write=" + topic.writeQueues() + " perm="
                + topic.permission() + (topic.attributes().isEmpty() ? "" : " attributes=" + topic.attributes());
    }
}
