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

    /** The queue whose entries bear this number, or null when they are not wanted (inside the package only). */
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

    /** Visits every queue in the order of creation, as they lie in memory; those created meanwhile perhaps. */
    void forEach(Consumer<IndexedQueue> action) {
        for (IndexedQueue[] page : pages) {
            for (int i = 0; page != null && i < PAGE_SIZE; i++) {
                IndexedQueue queue = page[i];
                if (queue != null && !queue.isForgotten()) {
                    action.accept(queue);
                }
            }
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

    /** Creates a queue read back from the journal under the number it had, or gives it its later number. */
    synchronized void restoreQueue(IndexedTopic topic, int queueId, int number) {
        IndexedQueue existing = topic.find(queueId);
        if (existing == null) {
            place(topic, queueId, number);
        } else {
            renumber(existing, number);
        }
    }

    /** Gives no number below these. */
    synchronized void skipNumbers(int number, int topicNumber) {
        nextNumber = Math.max(nextNumber, number);
        nextTopicNumber = Math.max(nextTopicNumber, topicNumber);
    }

    /** Records which numbers were given. */
    synchronized void addNumbersUsed(JournalBatch batch) {
        batch.numbersUsed(nextNumber, nextTopicNumber);
    }

    /** Gives a queue a number no entry bears yet and empties it: what it had before can no longer be reached. */
    synchronized void renumber(IndexedQueue queue) {
        renumber(queue, nextNumber);
    }

    /** Takes the topic and its queues out of sight; their numbers stay known until {@link #release}. */
    synchronized void forget(IndexedTopic topic) {
        topics.remove(topic.name(), topic);
        topic.forEach(queue -> {
            queue.markForgotten();
            freeIndexes.set(queue.index());
            queueCount = queueCount - 1;
        });
    }

    /** Gives up the numbers of a forgotten topic: their entries are no longer kept. */
    synchronized void release(IndexedTopic topic) {
        topic.forEach(queue -> setPage(queue.number(), null));
    }

    Optional<IndexedTopic> topic(String topicName) {
        return Optional.ofNullable(topics.get(topicName));
    }

    private void renumber(IndexedQueue queue, int number) {
        int before = queue.number();
        nextNumber = Math.max(nextNumber, number + 1);
        queue.startAnew(number);
        setPage(number, queue);
        setPage(before, null);
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
