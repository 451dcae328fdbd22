package io.orbitmq.store.append;

import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.SysFlag;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.index.ComingAppends;
import io.orbitmq.store.index.IndexedProperties;
import io.orbitmq.store.index.IndexedQueue;
import io.orbitmq.store.index.KeyIndex;
import io.orbitmq.store.index.QueueIndex;
import io.orbitmq.store.state.StateTables;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Feeds what is derived from the log with one record after another, in log order: queue index, key index, state tables.
 * The same code runs per append and in recovery. Under the append lock.
 */
public final class RecordDispatcher {

    private final QueueIndex queues;
    private final KeyIndex keys;
    private final boolean keyIndexEnabled;
    private final StateTables tables;
    private final long indexedAtOpening;
    private final ComingAppends coming;
    private final IndexedProperties properties = new IndexedProperties();

    public RecordDispatcher(QueueIndex queues, KeyIndex keys, boolean keyIndexEnabled, StateTables tables) {
        this.queues = queues;
        this.coming = new ComingAppends(queues);
        this.keys = keys;
        this.keyIndexEnabled = keyIndexEnabled;
        this.tables = tables;
        this.indexedAtOpening = queues.indexedEnd();
    }

    /**
     * Adds the record at {@code base}, which was just written, to the indexes.
     *
     * @param stamp that of its draft
     * @return its tags code
     */
    long index(IndexedQueue queue, ByteBuffer record, int base, byte[] stamp) {
        int propertiesAt = MessageRecord.propertiesPosition(record, base);
        properties.over(record, propertiesAt, record.getShort(propertiesAt - Short.BYTES), stamp);
        return add(queue, record, base);
    }

    private long add(IndexedQueue queue, ByteBuffer record, int base) {
        long position = MessageRecord.physicalOffset(record, base);
        int sysFlag = MessageRecord.sysFlag(record, base);
        long tagsCode = properties.tagsCode();
        if (isFollowed(queue)) {
            tagsCode = tables.followers().indexCode(queue.topic(), record, base, tagsCode);
        }
        if (SysFlag.isQueued(sysFlag)) {
            long offset = MessageRecord.queueOffset(record, base);
            int size = MessageRecord.totalSize(record, base);
            int messages = InnerBatch.messages(record, base, sysFlag);
            for (int i = 0; i < messages; i++) {
                queues.add(queue, offset + i, position, size, tagsCode);
            }
        }
        if (keyIndexEnabled && SysFlag.transactionType(sysFlag) != SysFlag.TRANSACTION_ROLLBACK) {
            keys.add(queue, properties, position, MessageRecord.storeTimestamp(record, base));
        }
        return tagsCode;
    }

    /** The queue itself, or its successor when its topic was deleted meanwhile. */
    IndexedQueue live(IndexedQueue queue) {
        return queue.isForgotten() ? queues.queue(queue.topic(), queue.queueId()) : queue;
    }

    /** Records of these queues will come soon, or not; gives what was seen there, without meaning. */
    int look(List<LogQueue> queuesOfRecords) {
        return coming.look(queuesOfRecords);
    }

    /** Applies the record at {@code base} to its state table if it is of the state topic, and tells who follows it. */
    void apply(IndexedQueue queue, ByteBuffer record, int base) {
        if (isFollowed(queue) || MessageRecord.preparedTransactionOffset(record, base) != 0) {
            tables.followers().tell(queue.topic(), record, base);
        }
        if (!queue.isStateQueue()) {
            return;
        }
        if (!TopicDeletion.isAt(record, base)) {
            tables.apply(record, base);
        } else if (MessageRecord.physicalOffset(record, base) >= indexedAtOpening) {
            queues.forget(TopicDeletion.topic(record, base), MessageRecord.physicalOffset(record, base));
        }
    }

    /** Recovery: indexes and applies a record of the log. */
    public void replay(ByteBuffer record, int base) {
        IndexedQueue queue = queues.queue(MessageRecord.topic(record, base), MessageRecord.queueId(record, base));
        int propertiesAt = MessageRecord.propertiesPosition(record, base);
        properties.over(record, propertiesAt, MessageRecord.propertiesLength(record, base));
        add(queue, record, base);
        apply(queue, record, base);
    }

    /** Whether somebody follows the topic; looked up by name once per queue. */
    private boolean isFollowed(IndexedQueue queue) {
        if (queue.isUnfollowed()) {
            return false;
        }
        if (tables.followers().isFollowed(queue.topic())) {
            return true;
        }
        queue.setUnfollowed();
        return false;
    }
}
