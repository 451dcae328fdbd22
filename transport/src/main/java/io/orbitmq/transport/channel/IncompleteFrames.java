package io.orbitmq.transport.channel;

import io.orbitmq.protocol.frame.MalformedFrameException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what the incomplete large frames of all connections take together, so that many peers that each send most of a
 * large frame cannot use up the memory. Small frames are not counted. Any thread.
 */
public final class IncompleteFrames {

    private static final int UNCOUNTED_BYTES = 64 * 1024;

    private final long maxBytes;
    private final AtomicLong takenBytes = new AtomicLong();

    public IncompleteFrames(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Takes room for a frame that grows.
     *
     * @param before what this frame has taken so far
     * @param capacity what it is to have
     * @return what it has taken now, to be given back with {@link #giveBack}
     * @throws MalformedFrameException when there is no room; the connection is to be closed
     */
    int take(int before, int capacity) {
        if (capacity <= UNCOUNTED_BYTES) {
            return before;
        }
        long taken = takenBytes.addAndGet(capacity - before);
        if (taken > maxBytes) {
            takenBytes.addAndGet(before - capacity);
            throw new MalformedFrameException("no memory for a frame that has grown to " + capacity
                    + " bytes: incomplete frames of all connections would take " + taken + " of at most " + maxBytes
                    + " bytes; send smaller frames or fewer at a time");
        }
        return capacity;
    }

    void giveBack(int bytes) {
        if (bytes > 0) {
            takenBytes.addAndGet(-bytes);
        }
    }

    long takenBytes() {
        return takenBytes.get();
    }
}
