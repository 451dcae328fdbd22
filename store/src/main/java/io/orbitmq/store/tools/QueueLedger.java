package io.orbitmq.store.tools;

import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.SysFlag;
import io.orbitmq.store.StateTable;
import io.orbitmq.store.append.InnerBatch;
import io.orbitmq.store.append.TopicDeletion;
import io.orbitmq.store.index.EntrySum;
import io.orbitmq.store.index.IndexAudit;
import io.orbitmq.store.index.IndexedProperties;
import io.orbitmq.store.state.Followers;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the log says of every queue: whether offsets follow each other, and what the index should hold. */
final class QueueLedger {

    private static final String REBUILD =
            "; if the log is sound, remove the directory orbitmq/queues: the next start rebuilds it";

    private final Map<String, Map<Integer, Tally>> topics = new HashMap<>();
    private final IndexedProperties properties = new IndexedProperties();
    private final Findings findings;
    private final Followers followers;
    private final Optional<IndexAudit> index;
    private final long indexedEnd;
    private long givenUp;

    /**
     * @param followers say what the index keeps of records of their topics
     * @param index what the log is to be compared with
     */
    QueueLedger(Findings findings, Followers followers, Optional<IndexAudit> index) {
        this.findings = findings;
        this.followers = followers;
        this.index = index;
        this.indexedEnd = index.map(IndexAudit::indexedEnd).orElse(-1L);
    }

    /** One queue. */
    private static final class Tally {
        private final long minOffset;
        private long next = -1;
        private long indexedNext = -1;
        private final EntrySum entries = new EntrySum();
        private boolean compared;

        Tally(long minOffset) {
            this.minOffset = minOffset;
        }
    }

    /** Takes the next record of the log. */
    void add(ByteBuffer buffer, int base, long position) {
        String topic = MessageRecord.topic(buffer, base);
        int sysFlag = MessageRecord.sysFlag(buffer, base);
        if (SysFlag.isQueued(sysFlag)) {
            int queueId = MessageRecord.queueId(buffer, base);
            Tally tally = topics.computeIfAbsent(topic, name -> new HashMap<>())
                    .computeIfAbsent(queueId, id -> new Tally(minOffset(topic, id)));
            long offset = MessageRecord.queueOffset(buffer, base);
            int messages = InnerBatch.messages(buffer, base, sysFlag);
            checkOrder(tally, topic + "-" + queueId, offset, position);
            tally.next = offset + messages;
            if (position < indexedEnd) {
                addToIndexed(tally, topic, buffer, base, messages);
            }
        }
        if (topic.equals(StateTable.TOPIC) && TopicDeletion.isAt(buffer, base)) {
            forget(TopicDeletion.topic(buffer, base), position);
        }
    }

    int queueCount() {
        return topics.values().stream().mapToInt(Map::size).sum();
    }

    /** Compares with what the index knows of a queue. */
    void compare(String topic, int queueId, long nextOffset, EntrySum entries) {
        Tally tally = topics.getOrDefault(topic, Map.of()).get(queueId);
        String queue = "queue " + topic + "-" + queueId;
        if (tally == null || tally.entries.count() == 0) {
            if (entries.count() > 0) {
                findings.problem(queue + ": the index has " + entries.count() + " entries, the log no message");
            }
            return;
        }
        tally.compared = true;
        if (!entries.hasPlacesOf(tally.entries)) {
            findings.problem(queue + ": the index has " + entries.count() + " entries, the log " + tally.entries.count()
                    + (entries.count() == tally.entries.count() ? " others" : "") + REBUILD);
            return;
        }
        if (!entries.isSameAs(tally.entries)) {
            reportCodes(topic, queue);
        }
        if (nextOffset != tally.indexedNext) {
            findings.problem(
                    queue + ": the index goes on at offset " + nextOffset + ", the log at " + tally.indexedNext);
        }
    }

    /** Reports the queues that {@link #compare} never spoke of, and what is before the others' oldest offsets. */
    void reportMissing() {
        if (givenUp > 0) {
            findings.note(givenUp + " messages at the beginning of the log are before the oldest offset of their queue:"
                    + " retention had begun to remove them when the broker was killed");
        }
        topics.forEach((topic, queues) -> queues.forEach((queueId, tally) -> {
            if (tally.entries.count() > 0 && !tally.compared) {
                findings.problem("queue " + topic + "-" + queueId + ": the index lacks it, the log has "
                        + tally.entries.count() + " messages of it");
            }
        }));
    }

    private long minOffset(String topic, int queueId) {
        return index.map(known -> known.minOffset(topic, queueId)).orElse(0L);
    }

    private void checkOrder(Tally tally, String queue, long offset, long position) {
        if (tally.next < 0 || tally.next == offset) {
            return;
        }
        String found = "queue " + queue + ": offset " + tally.next + " was expected at position " + position
                + ", found " + offset;
        if (offset < tally.next) {
            findings.note(found + ": the queue was begun anew");
            tally.entries.clear();
        } else {
            findings.problem(found);
        }
    }

    /** The index has the queue's messages, but not the tags that the log tells. */
    private void reportCodes(String topic, String queue) {
        if (followers.isCodedBySettings(topic)) {
            findings.note(
                    queue + ": the index has other due times than the settings assumed here give; that is right if"
                            + " the broker's are, or were, others (messageDelayLevel)");
        } else {
            findings.problem(
                    queue + ": the index has the log's messages, but other tags or due times of them" + REBUILD);
        }
    }

    /** As {@link io.orbitmq.store.append.RecordDispatcher} adds to the index. */
    private void addToIndexed(Tally tally, String topic, ByteBuffer buffer, int base, int messages) {
        properties.over(
                buffer, MessageRecord.propertiesPosition(buffer, base), MessageRecord.propertiesLength(buffer, base));
        long code = followers.indexCode(topic, buffer, base, properties.tagsCode());
        long offset = MessageRecord.queueOffset(buffer, base);
        long position = MessageRecord.physicalOffset(buffer, base);
        int size = MessageRecord.totalSize(buffer, base);
        for (int i = 0; i < messages; i++) {
            if (offset + i >= tally.minOffset) {
                tally.entries.add(offset + i, position, size, code);
            } else {
                givenUp++;
            }
        }
        tally.indexedNext = offset + messages;
    }

    private void forget(String topic, long position) {
        Map<Integer, Tally> forgotten = topics.getOrDefault(topic, Map.of());
        if (position < indexedEnd) {
            topics.remove(topic);
        } else {
            forgotten.values().forEach(tally -> tally.next = -1);
        }
    }
}
