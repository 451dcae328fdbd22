package io.orbitmq.store.read;

import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.PropertyCursor;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.store.KeyQuery;
import io.orbitmq.store.index.KeyIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Finds messages by key (protocol/05 section 4.1). The index gives candidates, the records decide: topic, time and key
 * text are compared, so nothing wrong is returned. Any thread.
 */
public final class KeySearch {

    private static final String KEY_SEPARATOR = " ";

    private final KeyIndex index;
    private final QueueReader records;

    public KeySearch(KeyIndex index, QueueReader records) {
        this.index = index;
        this.records = records;
    }

    /** Copies of the newest matching records, oldest first. */
    public List<ByteBuffer> find(KeyQuery query) {
        Deque<ByteBuffer> found = new ArrayDeque<>();
        try {
            index.find(query, position -> {
                Optional<ByteBuffer> record = records.recordAt(position);
                if (record.isPresent() && matches(record.get(), query)) {
                    found.addFirst(record.get());
                }
                return found.size() < query.maxCount();
            });
        } catch (IOException e) {
            throw new UncheckedIOException("Searching key '" + query.key() + "' failed.", e);
        }
        return List.copyOf(found);
    }

    private static boolean matches(ByteBuffer record, KeyQuery query) {
        long storeTimestamp = MessageRecord.storeTimestamp(record, 0);
        return storeTimestamp >= query.beginMs()
                && storeTimestamp <= query.endMs()
                && MessageRecord.topic(record, 0).equals(query.topic())
                && hasKey(record, query.key());
    }

    private static boolean hasKey(ByteBuffer record, String key) {
        PropertyCursor cursor = new PropertyCursor()
                .over(record, MessageRecord.propertiesPosition(record, 0), MessageRecord.propertiesLength(record, 0));
        while (cursor.next()) {
            if (cursor.nameIs(PropertyNames.UNIQ_KEY) && cursor.value().equals(key)) {
                return true;
            }
            if (cursor.nameIs(PropertyNames.KEYS)
                    && List.of(cursor.value().split(KEY_SEPARATOR)).contains(key)) {
                return true;
            }
        }
        return false;
    }
}
