package io.orbitmq.store.index;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;

/**
 * What the journal must hear of the {@link QueueRegistry}: created queues, forgotten topics, bounds of queues. {@link
 * #forgotten} and {@link #raised} may be called by any thread, the rest belongs to the background thread.
 */
final class RegistryJournal {

    private static final int QUEUES_PER_BATCH = 10_000;
    private static final long MIN_SIZE_BYTES = 4 << 20;
    private static final long BYTES_PER_QUEUE = 64;

    private final QueueRegistry registry;
    private final Supplier<IndexView> view;
    private final Deque<Forgotten> forgottenTopics = new ArrayDeque<>();
    private final List<IndexedQueue> raisedQueues = new ArrayList<>();
    private int journaledNumber;

    /** @param view the newest one */
    RegistryJournal(QueueRegistry registry, Supplier<IndexView> view) {
        this.registry = registry;
        this.view = view;
        this.journaledNumber = registry.nextNumber();
    }

    /**
     * The record at {@code position} of the log says that the topic is no more. The journal hears of it only when the log
     * is durable up to there: a loss of the record must not lose the topic's entries.
     */
    synchronized void forgotten(IndexedTopic topic, long position) {
        forgottenTopics.add(new Forgotten(topic, position, registry.nextNumber()));
    }

    /** The queue's next offset was raised without an entry. */
    synchronized void raised(IndexedQueue queue) {
        raisedQueues.add(queue);
    }

    /** Adds what happened since the last call, as of the log position {@code endPosition}. */
    void addChanges(JournalBatch batch, long endPosition) {
        List<IndexedQueue> raised;
        synchronized (this) {
            while (!forgottenTopics.isEmpty() && forgottenTopics.peek().position() < endPosition) {
                IndexedTopic topic = forgottenTopics.poll().topic();
                registry.release(topic);
                if (topic.isJournaled()) {
                    batch.topicGone(topic.number());
                }
            }
            raised = List.copyOf(raisedQueues);
            raisedQueues.clear();
        }
        int end = knownEnd();
        for (int number = journaledNumber; number < end; number++) {
            IndexedQueue queue = registry.byNumber(number);
            if (queue != null) {
                addQueue(batch, queue, number);
            }
        }
        if (end > journaledNumber) {
            journaledNumber = end;
            registry.addNumbersUsed(batch);
        }
        for (IndexedQueue queue : raised) {
            if (!queue.isForgotten()) {
                long next = nextOffsetInRuns(queue);
                batch.bounds(queue.number(), Math.min(queue.minOffset(), next), next);
            }
        }
    }

    /** Adds how far the queue of that number is once a run has its entries up to {@code endOffset}. */
    void addBounds(JournalBatch batch, int number, long endOffset) {
        IndexedQueue queue = registry.byNumber(number);
        if (queue != null) {
            batch.bounds(number, Math.min(queue.minOffset(), endOffset), endOffset);
        }
    }

    /** Size beyond which the journal should begin anew. */
    long worthwhileSizeBytes() {
        return Math.max(MIN_SIZE_BYTES, 3 * BYTES_PER_QUEUE * registry.queueCount());
    }

    /** The whole registry as of what is in the runs, in batches. */
    Iterator<JournalBatch> snapshot(JournalBatch first) {
        unmarkTopics();
        registry.addNumbersUsed(first);
        journaledNumber = knownEnd();
        return new Snapshot(first, journaledNumber);
    }

    private void unmarkTopics() {
        for (int number = 1; number < registry.nextNumber(); number++) {
            IndexedQueue queue = registry.byNumber(number);
            if (queue != null) {
                queue.indexedTopic().setJournaled(false);
            }
        }
    }

    /** Numbers from here on belong to queues created after a topic was forgotten that the journal still has. */
    private synchronized int knownEnd() {
        return forgottenTopics.isEmpty()
                ? registry.nextNumber()
                : forgottenTopics.peek().nextNumber();
    }

    private void addQueue(JournalBatch batch, IndexedQueue queue, int number) {
        IndexedTopic topic = queue.indexedTopic();
        if (!topic.isJournaled()) {
            topic.setJournaled(true);
            batch.topic(topic);
        }
        batch.queue(queue, number);
    }

    /**
     * The next offset after the entries in runs. Read first, then the memtables: an addition that moved it is seen there.
     * Of these the view is taken last, so it has the newest of the queue's.
     */
    private long nextOffsetInRuns(IndexedQueue queue) {
        long next = queue.nextOffsetAcquire();
        MemtableWalk walk = new MemtableWalk(queue.newestChunkAcquire());
        IndexView current = view.get();
        while (walk.next(current) && !current.isInRuns(walk.table())) {
            next = walk.firstOffset();
        }
        return next;
    }

    private record Forgotten(IndexedTopic topic, long position, int nextNumber) {}

    private final class Snapshot implements Iterator<JournalBatch> {

        private final int end;
        private JournalBatch next;
        private int number = 1;

        private Snapshot(JournalBatch first, int end) {
            this.next = first;
            this.end = end;
        }

        @Override
        public boolean hasNext() {
            return next != null || number < end;
        }

        @Override
        public JournalBatch next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            JournalBatch batch = next != null ? next : new JournalBatch();
            next = null;
            for (int count = 0; number < end && count < QUEUES_PER_BATCH; number++) {
                IndexedQueue queue = registry.byNumber(number);
                if (queue != null) {
                    addQueue(batch, queue, number);
                    long offset = nextOffsetInRuns(queue);
                    batch.bounds(number, Math.min(queue.minOffset(), offset), offset);
                    count++;
                }
            }
            return batch;
        }
    }
}
