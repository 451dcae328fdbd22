package io.orbitmq.broker.manage.offset;

import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.offset.ConsumerOffsets;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.broker.traffic.Span;
import io.orbitmq.broker.traffic.Traffic;
import io.orbitmq.broker.traffic.TrafficMeter;
import io.orbitmq.broker.traffic.TrafficMeter.Kind;
import io.orbitmq.protocol.body.queue.ConsumeStats.Progress;
import io.orbitmq.protocol.body.queue.MessageQueueKey;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore;
import java.util.Map;
import java.util.Optional;

/** How far a group is in a topic (protocol/11 section 3.4). May wait for the disk. Safe for any thread. */
final class GroupProgress {

    private final LiveConfig config;
    private final Topics topics;
    private final ConsumerOffsets offsets;
    private final MessageStore store;
    private final TrafficMeter traffic;

    GroupProgress(ManageParts parts) {
        this.config = parts.config();
        this.topics = parts.topics();
        this.offsets = parts.offsets();
        this.store = parts.store();
        this.traffic = parts.traffic();
    }

    /** Adds a row per read queue of the topic; nothing for a topic that does not exist. */
    void collect(String group, String topic, Map<MessageQueueKey, Progress> rows) {
        Optional<TopicConfig> found = topics.find(topic);
        int queues = found.map(TopicConfig::readQueues).orElse(0);
        String broker = config.get().identity().brokerName();
        for (int queueId = 0; queueId < queues; queueId++) {
            rows.put(new MessageQueueKey(topic, broker, queueId), progress(group, topic, queueId));
        }
    }

    /** Messages per second that the group was handed within the last minute. */
    double consumeTps(String group, String topic) {
        return traffic.over(Span.MINUTE, Kind.PULLED, topic, group)
                .map(Traffic::countPerSecond)
                .orElse(0.0);
    }

    private Progress progress(String group, String topic, int queueId) {
        Optional<LogQueue> queue = store.findQueue(topic, queueId);
        long brokerOffset = queue.map(LogQueue::maxOffset).orElse(0L);
        long consumerOffset = Math.max(0, offsets.offset(group, topic, queueId));
        long lastAt = consumerOffset == 0 || queue.isEmpty()
                ? 0
                : Math.max(0, store.storeTimestampAt(queue.get(), consumerOffset - 1));
        long pulledOffset = Math.max(consumerOffset, offsets.pulledOffset(group, topic, queueId));
        return new Progress(brokerOffset, consumerOffset, pulledOffset, lastAt);
    }
}
