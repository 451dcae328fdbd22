package io.orbitmq.store.recovery;

import io.orbitmq.store.index.IndexedQueue;
import io.orbitmq.store.index.QueueIndex;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Where empty queues go on: their messages are gone from the log, so only the checkpoint can tell, should the index be
 * lost. Per queue: topic length 2, topic, queue id 4, next offset 8.
 */
final class QueueEnds {

    /** Its place among the checkpoint's tables. */
    static final String TABLE = "orbit.queue-ends";

    private QueueEnds() {}

    /** What a snapshot must look at, whatever it gives. */
    static long lookedAtBytes(QueueIndex index) {
        return 2L * Long.BYTES * index.queueCount();
    }

    static ByteBuffer snapshot(QueueIndex index) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        index.forEach(queue -> {
            long end = queue.maxOffset();
            if (end > 0 && queue.minOffset() >= end) {
                write(out, queue, end);
            }
        });
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    static void restore(ByteBuffer snapshot, long position, QueueIndex index) {
        while (snapshot.hasRemaining()) {
            byte[] topic = new byte[snapshot.getShort()];
            snapshot.get(topic);
            int queueId = snapshot.getInt();
            long end = snapshot.getLong();
            index.restoreEnd(index.queue(new String(topic, StandardCharsets.UTF_8), queueId), end, position);
        }
    }

    private static void write(DataOutputStream out, IndexedQueue queue, long end) {
        try {
            byte[] topic = queue.topic().getBytes(StandardCharsets.UTF_8);
            out.writeShort(topic.length);
            out.write(topic);
            out.writeInt(queue.queueId());
            out.writeLong(end);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
    }
}
