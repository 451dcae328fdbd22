package io.orbitmq.store.append;

import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.PropertyCursor;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.protocol.message.SysFlag;
import io.orbitmq.store.index.IndexedQueue;
import io.orbitmq.store.index.KeyIndex;
import io.orbitmq.store.index.QueueIndex;
import io.orbitmq.store.state.StateTables;
import java.nio.ByteBuffer;

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
    private final PropertyCursor cursor = new PropertyCursor();

    public RecordDispatcher(QueueIndex queues, KeyIndex keys, boolean keyIndexEnabled, StateTables tables) {
        this.queues = queues;
        this.keys = keys;
        this.keyIndexEnabled = keyIndexEnabled;
        this.tables = tables;
        this.indexedAtOpening = queues.indexedEnd();
    }

    /**
     * Adds the record at {@code base} to the indexes.
     *
     * @return its tags code
     */
    long index(IndexedQueue queue, ByteBuffer record, int base) {
        int propertiesAt = MessageRecord.propertiesPosition(record, base);
        int propertiesLength = MessageRecord.propertiesLength(record, base);
        long position = MessageRecord.physicalOffset(record, base);
        int sysFlag = MessageRecord.sysFlag(record, base);
        long tagsCode = tables.followers()
                .indexCode(queue.topic(), record, base, tagsCode(record, propertiesAt, propertiesLength));
        if (SysFlag.isQueued(sysFlag)) {
            long offset = MessageRecord.queueOffset(record, base);
            int size = MessageRecord.totalSize(record, base);
            int messages = InnerBatch.messages(record, base, sysFlag);
            for (int i = 0; i < messages; i++) {
                queues.add(queue, offset + i, position, size, tagsCode);
            }
        }
        if (keyIndexEnabled && SysFlag.transactionType(sysFlag) != SysFlag.TRANSACTION_ROLLBACK) {
            long storeTimestamp = MessageRecord.storeTimestamp(record, base);
            keys.add(queue, record, propertiesAt, propertiesLength, position, storeTimestamp);
        }
        return tagsCode;
    }

    /** Applies the record at {@code base} to its state table if it is of the state topic, and tells who follows it. */
    void apply(IndexedQueue queue, ByteBuffer record, int base) {
        tables.followers().tell(queue.topic(), record, base);
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
        index(queue, record, base);
        apply(queue, record, base);
    }

    private long tagsCode(ByteBuffer record, int propertiesAt, int propertiesLength) {
        long code = 0;
        cursor.over(record, propertiesAt, propertiesLength);
        while (cursor.next()) {
            if (cursor.nameIs(PropertyNames.TAGS)) {
                code = cursor.valueHash();
            }
        }
        return code;
    }
}
