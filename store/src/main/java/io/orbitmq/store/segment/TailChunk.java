package io.orbitmq.store.segment;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A piece of the tail window: consecutive bytes of one segment, in memory. Filled by the appender, written to the file by
 * the writer, read by anyone who holds a pin; reused for later bytes once written and unpinned.
 */
final class TailChunk {

    private static final int BEING_REUSED = -1;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final AtomicInteger pins = new AtomicInteger(BEING_REUSED);
    private ByteBuffer memory = NOTHING;
    private ByteBuffer appendView;
    private Segment segment;
    private volatile long start;
    private final AtomicLong end = new AtomicLong();

    /** Where byte 0 of the buffer belongs in the log. */
    long start() {
        return start;
    }

    /** End of the whole records in here. */
    long end() {
        return end.getAcquire();
    }

    Segment segment() {
        return segment;
    }

    int capacity() {
        return memory.capacity();
    }

    int remaining() {
        return memory.capacity() - (int) (end.getPlain() - start);
    }

    /** A view of all the bytes; for the writer and for who holds a pin. */
    ByteBuffer view() {
        return memory.duplicate();
    }

    /** The appender's one view, set to the bytes from {@code position} on. */
    ByteBuffer appendView(long position, int sizeBytes) {
        int index = (int) (position - start);
        return appendView.limit(index + sizeBytes).position(index);
    }

    void extendTo(long position) {
        end.setRelease(position);
    }

    /** Keeps the chunk from being reused; false when that is just happening. */
    boolean pin() {
        int seen;
        do {
            seen = pins.get();
            if (seen == BEING_REUSED) {
                return false;
            }
        } while (!pins.compareAndSet(seen, seen + 1));
        return true;
    }

    void unpin() {
        pins.decrementAndGet();
    }

    /** Takes the chunk from its readers; false while there are some. */
    boolean retire() {
        return memory == NOTHING || pins.compareAndSet(0, BEING_REUSED);
    }

    /** Lets the bytes go, once retired. */
    void forget() {
        memory = NOTHING;
        appendView = NOTHING;
    }

    /** Gives the chunk, retired or new, to bytes from {@code position} on. */
    void begin(Segment ofSegment, long position, ByteBuffer ofMemory) {
        segment = ofSegment;
        memory = ofMemory;
        appendView = ofMemory.duplicate();
        start = position;
        end.setRelease(position);
        pins.set(0);
    }
}
