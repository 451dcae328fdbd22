package io.orbitmq.store.flush;

import io.orbitmq.store.index.IndexedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Messages that are placed but may not be seen yet, in log order: a ring between one producer (who holds the append lock)
 * and one consumer (the acknowledger). Full means that the disk does not keep up; the appender then refuses.
 */
public final class PendingArrivals {

    private static final int LONGS_A_CACHE_LINE = 8;

    private final int mask;
    private final IndexedQueue[] queues;
    private final long[] offsets;
    private final long[] tagsCodes;
    private final long[] ends;
    private final AtomicLong put = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();

    /** @param capacity most messages waiting, a power of two */
    public PendingArrivals(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity must be a power of two, found " + capacity);
        }
        this.mask = capacity - 1;
        this.queues = new IndexedQueue[capacity];
        this.offsets = new long[capacity];
        this.tagsCodes = new long[capacity];
        this.ends = new long[capacity];
    }

    public boolean hasRoomFor(int messages) {
        return size() + messages <= queues.length;
    }

    /** Number of messages waiting, as the producer sees it. */
    public long size() {
        return put.getPlain() - taken.getAcquire();
    }

    /** Adds the message that ends at {@code end} of the log. */
    public void put(IndexedQueue queue, long offset, long tagsCode, long end) {
        long number = put.getPlain();
        int at = (int) number & mask;
        queues[at] = queue;
        offsets[at] = offset;
        tagsCodes[at] = tagsCode;
        ends[at] = end;
        put.setRelease(number + 1);
    }

    /** For the producer: looks at the places of the next messages; gives what was seen there, without meaning. */
    public long look(int messages) {
        long seen = 0;
        long number = put.getPlain();
        for (int i = 0; i < messages; i += LONGS_A_CACHE_LINE) {
            int at = (int) (number + i) & mask;
            seen += offsets[at] + tagsCodes[at] + ends[at] + (queues[at] == null ? 0 : 1);
        }
        return seen;
    }

    /** Shows, in order, what ends at or before {@code position}; it stays here. For the consumer. */
    void forEach(long position, Sink sink) {
        long limit = put.getAcquire();
        for (long at = taken.getPlain(); at < limit; at++) {
            int slot = (int) at & mask;
            if (ends[slot] > position) {
                break;
            }
            sink.arrived(queues[slot], offsets[slot], tagsCodes[slot]);
        }
    }

    /** Hands over, in order, what ends at or before {@code position}. */
    void drain(long position, Sink sink) {
        long at = taken.getPlain();
        long limit = put.getAcquire();
        while (at < limit) {
            int slot = (int) at & mask;
            if (ends[slot] > position) {
                break;
            }
            IndexedQueue queue = queues[slot];
            queues[slot] = null;
            long offset = offsets[slot];
            long tagsCode = tagsCodes[slot];
            taken.setRelease(++at);
            sink.arrived(queue, offset, tagsCode);
        }
    }

    /** Takes a message that may now be seen. */
    interface Sink {

        void arrived(IndexedQueue queue, long offset, long tagsCode);
    }
}
