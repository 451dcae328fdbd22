package io.orbitmq.store.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Where empty queues go on. When the last message of a queue expires, nothing in the log tells its next offset any more;
 * before segments are removed the store therefore appends what {@link #before} gives as records, and hands their bodies
 * to {@link #apply} when it replays them. A queue never begins at 0 again, even when the index is rebuilt from the log.
 *
 * <pre>
 * body: per queue: length of the topic 2 | topic UTF-8 | queueId 4 | next offset 8
 * </pre>
 */
public final class QueueEnds {

    private static final int FIXED_BYTES = Short.BYTES + Integer.BYTES + Long.BYTES;

    private QueueEnds() {}

    /**
     * Bodies of records that keep the ends of all queues without a message at or after {@code minPosition}.
     *
     * @param maxBodyBytes size no body exceeds, at least a few hundred
     */
    public static List<ByteBuffer> before(QueueIndex index, long minPosition, int maxBodyBytes) throws IOException {
        List<ByteBuffer> bodies = new ArrayList<>();
        ByteBuffer body = ByteBuffer.allocate(maxBodyBytes);
        for (IndexedQueue queue : index.endingBefore(minPosition)) {
            byte[] topic = queue.topicUtf8();
            if (body.remaining() < FIXED_BYTES + topic.length) {
                bodies.add(body.flip());
                body = ByteBuffer.allocate(maxBodyBytes);
            }
            body.putShort((short) topic.length).put(topic).putInt(queue.queueId());
            body.putLong(queue.maxOffset());
        }
        if (body.position() > 0) {
            bodies.add(body.flip());
        }
        return bodies;
    }

    /** Applies a body; {@code position} is the record's place in the log. Under the append lock. */
    public static void apply(QueueIndex index, ByteBuffer body, long position) {
        if (position < index.recoveredEnd()) {
            return;
        }
        ByteBuffer entries = body.duplicate();
        while (entries.hasRemaining()) {
            String topic = JournalBatch.text(entries);
            IndexedQueue queue = index.queue(topic, entries.getInt());
            index.restoreEnd(queue, entries.getLong(), position);
        }
    }
}
