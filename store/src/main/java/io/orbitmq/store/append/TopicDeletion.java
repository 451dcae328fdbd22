package io.orbitmq.store.append;

import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.state.StateTables;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The record that says a topic's queues are forgotten: a change of a table of the store's own, whose body is the topic's
 * name. In the log, so that a rebuilt index forgets at the same place.
 */
public final class TopicDeletion {

    private static final String TABLE = "orbit.deleted-topics";

    private TopicDeletion() {}

    public static MessageDraft draft(String topic, long epochMs) {
        return StateTables.draftFor(TABLE, ByteBuffer.wrap(topic.getBytes(StandardCharsets.UTF_8)), epochMs);
    }

    /** Whether the record at {@code base}, of the state topic, is such a one. */
    public static boolean isAt(ByteBuffer record, int base) {
        return StateTables.tableName(record, base).equals(TABLE);
    }

    /** The topic the record at {@code base} forgets. */
    public static String topic(ByteBuffer record, int base) {
        byte[] name = new byte[MessageRecord.bodyLength(record, base)];
        record.get(MessageRecord.bodyPosition(record, base), name);
        return new String(name, StandardCharsets.UTF_8);
    }
}
