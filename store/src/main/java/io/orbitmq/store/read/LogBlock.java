package io.orbitmq.store.read;

import io.orbitmq.store.segment.SegmentedLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A piece of the log in memory, as it was on disk: filled by one thread at a time, which its {@link BlockSet} sees to;
 * read by anyone who holds a pin; given to another piece when nobody does. Takes its memory when it is first filled.
 */
final class LogBlock {

    private static final int UNREADABLE = -1;

    /** How many look at it; {@link #UNREADABLE} while it is empty or being filled. */
    private final AtomicInteger pins = new AtomicInteger(UNREADABLE);

    private final AtomicBoolean aheadClaimed = new AtomicBoolean();
    private ByteBuffer memory;
    private volatile long start = Long.MAX_VALUE;
    private volatile long end;
    private volatile boolean used;
    private volatile boolean everUsed;

    /** Log position of the first byte. */
    long start() {
        return start;
    }

    /** Whether [position, position + sizeBytes) is in it; certain only with a pin. */
    boolean holds(long position, int sizeBytes) {
        return position >= start && position + sizeBytes <= end;
    }

    /** All bytes; for who holds a pin. */
    ByteBuffer view() {
        return memory.duplicate();
    }

    /** Keeps the bytes; false when they are just going. */
    boolean pin() {
        int seen;
        do {
            seen = pins.get();
            if (seen == UNREADABLE) {
                return false;
            }
        } while (!pins.compareAndSet(seen, seen + 1));
        if (!used) {
            used = true;
            everUsed = true;
        }
        return true;
    }

    void unpin() {
        pins.decrementAndGet();
    }

    /** True for one caller for each filling: that one sees to it that what follows is loaded. */
    boolean claimAhead() {
        return !aheadClaimed.get() && aheadClaimed.compareAndSet(false, true);
    }

    /** Whether it was filled and nobody has read it. */
    boolean isWasted() {
        return !everUsed && end > 0;
    }

    /** Whether it was read since the last time this was asked. */
    boolean forgetUse() {
        boolean wasUsed = used;
        used = false;
        return wasUsed;
    }

    /** Takes the block from its readers; false while there are some. */
    boolean retire() {
        return pins.get() == UNREADABLE || pins.compareAndSet(0, UNREADABLE);
    }

    /** Fills the retired block with [from, to) of the log, or as much of it as there is. After a failure it is empty. */
    void fill(SegmentedLog log, long from, long to, int capacityBytes) throws IOException {
        if (memory == null) {
            memory = ByteBuffer.allocateDirect(capacityBytes);
        }
        start = Long.MAX_VALUE;
        end = 0;
        memory.clear().limit((int) (to - from));
        int read;
        do {
            read = log.read(from + memory.position(), memory);
        } while (read > 0 && memory.hasRemaining());
        end = from + memory.position();
        start = from;
        memory.clear();
        used = false;
        everUsed = false;
        aheadClaimed.set(false);
        pins.set(0);
    }
}
