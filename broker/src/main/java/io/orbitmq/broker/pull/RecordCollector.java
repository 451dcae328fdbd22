package io.orbitmq.broker.pull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.orbitmq.store.MessageStore.RecordSink;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the records of one read into one pooled buffer. The first record tells how large the buffer has to be: as many
 * of its size as may follow. Belongs to the thread that reads; {@link #take} or {@link #release} ends it.
 */
final class RecordCollector implements RecordSink {

    private static final Logger LOG = LoggerFactory.getLogger(RecordCollector.class);

    private final ByteBufAllocator allocator;
    private final long expectedCount;
    private final int maxBytes;
    private final Executor coldReads;
    private ByteBuf buffer;

    /**
     * @param expectedCount how many records there may be at most
     * @param maxBytes how many bytes there may be at most, unless the first record alone is larger
     * @param coldReads brings to memory what the next pull will want
     */
    RecordCollector(ByteBufAllocator allocator, long expectedCount, int maxBytes, Executor coldReads) {
        this.allocator = allocator;
        this.expectedCount = expectedCount;
        this.maxBytes = maxBytes;
        this.coldReads = coldReads;
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

    @Override
    public void readAhead(Runnable load) {
        try {
            coldReads.execute(load);
        } catch (RejectedExecutionException e) {
            // many reads wait for the disk: then the next pull of this queue does too
            LOG.debug("event=read-ahead-dropped reason=cold-reads-full");
        }
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
