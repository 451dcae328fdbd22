package io.orbitmq.broker.pull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.orbitmq.store.MessageStore.RecordSink;
import java.nio.ByteBuffer;

/**
 * Copies the records of one read into one pooled buffer. The first record tells how large the buffer has to be: as many
 * of its size as may follow. Belongs to the thread that reads; {@link #take} or {@link #release} ends it.
 */
final class RecordCollector implements RecordSink {

    private final ByteBufAllocator allocator;
    private final long expectedCount;
    private final int maxBytes;
    private ByteBuf buffer;

    /**
     * @param expectedCount how many records there may be at most
     * @param maxBytes how many bytes there may be at most, unless the first record alone is larger
     */
    RecordCollector(ByteBufAllocator allocator, long expectedCount, int maxBytes) {
        this.allocator = allocator;
        this.expectedCount = expectedCount;
        this.maxBytes = maxBytes;
    }

    @Override
    public void accept(ByteBuffer record) {
        int size = record.remaining();
        if (buffer == null) {
            long expected = Math.min(maxBytes, size * Math.max(1, expectedCount));
            buffer = allocator.directBuffer(Math.max(size, (int) expected));
        }
        buffer.writeBytes(record);
    }

    /** The records; the caller owns the buffer. At least one record must have been accepted. */
    ByteBuf take() {
        ByteBuf taken = buffer;
        buffer = null;
        return taken;
    }

    /** Gives back what was collected and not taken. */
    void release() {
        if (buffer != null) {
            buffer.release();
            buffer = null;
        }
    }
}
