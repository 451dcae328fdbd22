package io.orbitmq.broker.pop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.MessageStore.RecordSink;
import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;

/**
 * Collects the records of one answer in one pooled buffer, and their offsets queue by queue. Belongs to the thread that
 * reads; {@link #take} or {@link #release} ends it.
 */
final class PopCollector implements RecordSink {

    private final ByteBufAllocator allocator;
    private final long[] offsets;
    private UnaryOperator<ByteBuffer> rewrite = UnaryOperator.identity();
    private ByteBuf buffer;
    private int queueCount;
    private int count;

    /** @param mostMessages of all queues */
    PopCollector(ByteBufAllocator allocator, int mostMessages) {
        this.allocator = allocator;
        this.offsets = new long[mostMessages];
    }

    /** The records of another queue follow, each changed by {@code rewriting}. */
    void beginQueue(UnaryOperator<ByteBuffer> rewriting) {
        rewrite = rewriting;
        queueCount = 0;
    }

    @Override
    public void accept(ByteBuffer record) {
        offsets[queueCount++] = MessageRecord.queueOffset(record, record.position());
        count++;
        ByteBuffer shown = rewrite.apply(record);
        if (buffer == null) {
            buffer = allocator.directBuffer(Math.max(shown.remaining(), 1 << 12));
        }
        buffer.writeBytes(shown);
    }

    /** Offsets of the records of this queue; valid up to {@link #queueCount}, until the next queue begins. */
    long[] offsets() {
        return offsets;
    }

    int queueCount() {
        return queueCount;
    }

    /** Records of all queues. */
    int count() {
        return count;
    }

    int sizeBytes() {
        return buffer == null ? 0 : buffer.readableBytes();
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
