package io.orbitmq.store.index;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Which queues there are: topic to queues for everybody, number to queue for run files. Creating a queue costs the same
 * however many there are. Lookups need no lock; changes take this object's lock.
 */
final class QueueRegistry {

    private static final int PAGE_BITS = 10;
    private static final int PAGE_SIZE = 1 << PAGE_BITS;

    private final ConcurrentHashMap<String, IndexedTopic> topics = new ConcurrentHashMap<>();
    private final BitSet freeIndexes = new BitSet();
    private volatile IndexedQueue[][] pages = new IndexedQueue[16][];
    private int nextNumber = 1;
    private int nextTopicNumber = 1;
    private int nextIndex;
    private volatile int queueCount;

    IndexedQueue queue(String topicName, int queueId) {
        IndexedTopic topic = topics.get(topicName);
        IndexedQueue queue = topic == null ? null : topic.find(queueId);
        return queue != null ? queue : create(topicName, queueId);
    }

    Optional<IndexedQueue> find(String topicName, int queueId) {
        IndexedTopic topic = topics.get(topicName);
        return topic == null ? Optional.empty() : Optional.ofNullable(topic.find(queueId));
    }

    /** The live queue with this number, or null (inside the package only). */
    IndexedQueue byNumber(int number) {
        IndexedQueue[][] all = pages;
        int page = number >>> PAGE_BITS;
        return page >= all.length || all[page] == null ? null : all[page][number & PAGE_SIZE - 1];
    }

    /** One past the largest number in use. */
    synchronized int nextNumber() {
        return nextNumber;
    }

    int queueCount() {
        return queueCount;
    }

    /** Visits every queue, those created meanwhile perhaps. */
    void forEach(Consumer<IndexedQueue> action) {
        for (IndexedTopic topic : topics.values()) {
            topic.forEach(action);
        }
    }

    private synchronized IndexedQueue create(String topicName, int queueId) {
        IndexedTopic topic = topics.get(topicName);
        if (topic == null) {
            topic = new IndexedTopic(topicName, nextTopicNumber++);
            topics.put(topicName, topic);
        }
        IndexedQueue existing = topic.find(queueId);
        return existing != null ? existing : place(topic, queueId, nextNumber);
    }

    /** Creates a topic read back from the journal. */
    synchronized IndexedTopic restoreTopic(String topicName, int topicNumber) {
        IndexedTopic topic = new IndexedTopic(topicName, topicNumber);
        topic.setJournaled(true);
        topics.put(topicName, topic);
        nextTopicNumber = Math.max(nextTopicNumber, topicNumber + 1);
        return topic;
    }

    /** Creates a queue read back from the journal under the number it had. */
    synchronized IndexedQueue restoreQueue(IndexedTopic topic, int queueId, int number) {
        return place(topic, queueId, number);
    }

    /** Gives a queue a number no entry bears yet: what it had before can no longer be reached. */
    synchronized void renumber(IndexedQueue queue) {
        setPage(queue.number(), null);
        queue.setNumber(nextNumber);
        setPage(nextNumber++, queue);
    }

    /** Removes the topic and its queues; false when there is no such topic. */
    synchronized boolean forget(String topicName, Consumer<IndexedQueue> removed) {
        IndexedTopic topic = topics.remove(topicName);
        if (topic == null) {
            return false;
        }
        topic.markForgotten();
        topic.forEach(queue -> {
            setPage(queue.number(), null);
            freeIndexes.set(queue.index());
            queueCount = queueCount - 1;
            removed.accept(queue);
        });
        return true;
    }

    private IndexedQueue place(IndexedTopic topic, int queueId, int number) {
        IndexedQueue queue = new IndexedQueue(topic, queueId, takeIndex(), number);
        nextNumber = Math.max(nextNumber, number + 1);
        setPage(number, queue);
        topic.put(queue);
        queueCount = queueCount + 1;
        return queue;
    }

    private int takeIndex() {
        int free = freeIndexes.nextSetBit(0);
        if (free < 0) {
            return nextIndex++;
        }
        freeIndexes.clear(free);
        return free;
    }

    private void setPage(int number, IndexedQueue queue) {
        int page = number >>> PAGE_BITS;
        IndexedQueue[][] all = pages;
        if (page >= all.length) {
            all = Arrays.copyOf(all, Math.max(page + 1, all.length * 2));
        }
        if (all[page] == null) {
            all[page] = new IndexedQueue[PAGE_SIZE];
        }
        all[page][number & PAGE_SIZE - 1] = queue;
        pages = all;
    }
}
