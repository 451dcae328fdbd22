package io.orbitmq.store.tools;

import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.PropertyCursor;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.protocol.message.SysFlag;
import io.orbitmq.store.StateTable;
import io.orbitmq.store.append.InnerBatch;
import io.orbitmq.store.append.TopicDeletion;
import io.orbitmq.store.index.IndexAudit;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** What the log says of every queue: whether offsets follow each other, and what the index should hold. */
final class QueueLedger {

    private final Map<String, Map<Integer, Tally>> topics = new HashMap<>();
    private final PropertyCursor cursor = new PropertyCursor();
    private final Findings findings;
    private final long indexedEnd;

    /** @param indexedEnd the index holds the records before this position */
    QueueLedger(Findings findings, long indexedEnd) {
        this.findings = findings;
        this.indexedEnd = indexedEnd;
    }

    /** One queue. */
    private static final class Tally {
        private long next = -1;
        private long indexedNext = -1;
        private long entries;
        private long digest;
        private boolean compared;
    }

    /** Takes the next record of the log. */
    void add(ByteBuffer buffer, int base, long position) {
        String topic = MessageRecord.topic(buffer, base);
        int sysFlag = MessageRecord.sysFlag(buffer, base);
        if (SysFlag.isQueued(sysFlag)) {
            int queueId = MessageRecord.queueId(buffer, base);
            Tally tally =
                    topics.computeIfAbsent(topic, name -> new HashMap<>()).computeIfAbsent(queueId, id -> new Tally());
            long offset = MessageRecord.queueOffset(buffer, base);
            int messages = InnerBatch.messages(buffer, base, sysFlag);
            checkOrder(tally, topic + "-" + queueId, offset, position);
            tally.next = offset + messages;
            if (position < indexedEnd) {
                addToIndexed(tally, buffer, base, offset, messages);
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
    void compare(String topic, int queueId, long nextOffset, long entries, long digest) {
        Tally tally = topics.getOrDefault(topic, Map.of()).get(queueId);
        String queue = topic + "-" + queueId;
        if (tally == null || tally.entries == 0) {
            if (entries > 0) {
                findings.problem("queue " + queue + ": the index has " + entries + " entries, the log no message");
            }
            return;
        }
        tally.compared = true;
        if (entries != tally.entries || digest != tally.digest) {
            findings.problem("queue " + queue + ": the index has " + entries + " entries, the log " + tally.entries
                    + (entries == tally.entries ? " others" : "") + "; remove the index directory to rebuild it");
        } else if (nextOffset != tally.indexedNext) {
            findings.problem("queue " + queue + ": the index goes on at offset " + nextOffset + ", the log at "
                    + tally.indexedNext);
        }
    }

    /** Reports the queues that {@link #compare} never spoke of. */
    void reportMissing() {
        topics.forEach((topic, queues) -> queues.forEach((queueId, tally) -> {
            if (tally.entries > 0 && !tally.compared) {
                findings.problem("queue " + topic + "-" + queueId + ": the index lacks it, the log has " + tally.entries
                        + " messages of it");
            }
        }));
    }

    private void checkOrder(Tally tally, String queue, long offset, long position) {
        if (tally.next < 0 || tally.next == offset) {
            return;
        }
        String found = "queue " + queue + ": offset " + tally.next + " was expected at position " + position
                + ", found " + offset;
        if (offset < tally.next) {
            findings.note(found + ": the queue was begun anew");
            tally.entries = 0;
            tally.digest = 0;
        } else {
            findings.problem(found);
        }
    }

    private void addToIndexed(Tally tally, ByteBuffer buffer, int base, long offset, int messages) {
        long position = MessageRecord.physicalOffset(buffer, base);
        int size = MessageRecord.totalSize(buffer, base);
        long tagsCode = 0;
        cursor.over(
                buffer, MessageRecord.propertiesPosition(buffer, base), MessageRecord.propertiesLength(buffer, base));
        while (cursor.next()) {
            if (cursor.nameIs(PropertyNames.TAGS)) {
                tagsCode = cursor.valueHash();
            }
        }
        for (int i = 0; i < messages; i++) {
            tally.entries++;
            tally.digest += IndexAudit.digest(offset + i, position, size, tagsCode);
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
