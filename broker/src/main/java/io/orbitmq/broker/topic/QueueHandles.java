package io.orbitmq.broker.topic;

import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The store's handles of a topic's queues, looked up once and kept as long as the topic's settings are the same object.
 * Safe for any thread.
 */
public final class QueueHandles implements TopicListener {

    private final MessageStore store;
    private final Topics topics;
    private final Map<String, Handles> byTopic = new ConcurrentHashMap<>();

    public QueueHandles(MessageStore store, Topics topics) {
        this.store = store;
        this.topics = topics;
        topics.addListener(this);
    }

    /** The handle of one queue; {@code queueId} is from 0 to the greater of the topic's queue numbers, exclusive. */
    public LogQueue queue(TopicConfig topic, int queueId) {
        Handles handles = byTopic.get(topic.name());
        if (handles == null || handles.topic != topic) {
            handles = new Handles(topic);
            byTopic.put(topic.name(), handles);
        }
        LogQueue queue = handles.queues.get(queueId);
        if (queue == null) {
            queue = store.queue(topic.name(), queueId);
            handles.queues.set(queueId, queue);
        }
        return queue;
    }

    @Override
    public void topicsChanged(Collection<String> changed) {
        for (String topic : changed) {
            if (topics.find(topic).isEmpty()) {
                byTopic.remove(topic);
            }
        }
    }

    private static final class Handles {

        private final TopicConfig topic;
        private final AtomicReferenceArray<LogQueue> queues;

        private Handles(TopicConfig topic) {
            this.topic = topic;
            this.queues = new AtomicReferenceArray<>(Math.max(topic.readQueues(), topic.writeQueues()));
        }
    }
}
