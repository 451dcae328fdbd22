package io.orbitmq.store.index;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Applies the batches of an {@link IndexJournal}: fills the registry and remembers which runs there are. Used once, at
 * opening.
 */
final class JournalReplay {

    private final QueueRegistry registry;
    private final Map<Integer, IndexedTopic> topics = new HashMap<>();
    private final Map<Long, RunSpan> runs = new HashMap<>();
    private long indexedEnd = -1;
    private long trimmed = -1;

    JournalReplay(QueueRegistry registry) {
        this.registry = registry;
    }

    /** A run the journal knows of. */
    record RunSpan(long fileNumber, long startPosition, long endPosition) {

        void check(Run run) throws DamagedIndexException {
            if (run.startPosition() != startPosition || run.endPosition() != endPosition) {
                throw new DamagedIndexException("index run " + fileNumber + " covers the log from "
                        + run.startPosition() + " to " + run.endPosition() + ", the journal says " + this
                        + "; it will be rebuilt from the log");
            }
        }
    }

    /** The runs in log order. */
    List<RunSpan> runsOldestFirst() {
        return runs.values().stream()
                .sorted(Comparator.comparingLong(RunSpan::startPosition))
                .toList();
    }

    /** -1 when the journal is empty. */
    long indexedEnd() {
        return indexedEnd;
    }

    /** -1 when nothing was ever removed. */
    long trimmed() {
        return trimmed;
    }

    void apply(ByteBuffer entries) throws DamagedIndexException {
        while (entries.hasRemaining()) {
            byte type = entries.get();
            switch (type) {
                case JournalBatch.RUN_ADDED -> {
                    RunSpan run = new RunSpan(entries.getLong(), entries.getLong(), entries.getLong());
                    runs.put(run.fileNumber(), run);
                }
                case JournalBatch.RUN_REMOVED -> runs.remove(entries.getLong());
                case JournalBatch.INDEXED_END -> indexedEnd = entries.getLong();
                case JournalBatch.TRIMMED -> trimmed = entries.getLong();
                case JournalBatch.TOPIC -> {
                    int number = entries.getInt();
                    topics.put(number, registry.restoreTopic(JournalBatch.text(entries), number));
                }
                case JournalBatch.TOPIC_GONE -> {
                    IndexedTopic gone = topics.remove(entries.getInt());
                    if (gone != null) {
                        registry.forget(gone);
                        registry.release(gone);
                    }
                }
                case JournalBatch.QUEUE -> applyQueue(entries);
                case JournalBatch.QUEUE_BOUNDS -> applyBounds(entries);
                case JournalBatch.NUMBERS_USED -> registry.skipNumbers(entries.getInt(), entries.getInt());
                default ->
                    throw new DamagedIndexException(
                            "the index journal has an entry of type " + type
                                    + ", expected 1 to 7, 9 or 10: it was written by another version and will be rebuilt from the log");
            }
        }
    }

    private void applyQueue(ByteBuffer entries) throws DamagedIndexException {
        int number = entries.getInt();
        int topicNumber = entries.getInt();
        IndexedTopic topic = topics.get(topicNumber);
        if (topic == null) {
            throw new DamagedIndexException("the index journal has a queue of topic number " + topicNumber
                    + " but no such topic; it will be rebuilt from the log");
        }
        registry.restoreQueue(topic, entries.getInt(), number);
    }

    private void applyBounds(ByteBuffer entries) {
        IndexedQueue queue = registry.byNumber((int) JournalBatch.compact(entries));
        long min = JournalBatch.compact(entries);
        long next = min + JournalBatch.compact(entries);
        if (queue != null) {
            queue.setMinOffset(Math.max(queue.minOffset(), min));
            queue.setNextOffset(Math.max(queue.nextOffset(), next));
            queue.setVisibleEnd(queue.nextOffset());
        }
    }
}
