package io.orbitmq.store.flush;

import io.orbitmq.foundation.time.Clock;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.store.segment.LogTail;
import io.orbitmq.store.segment.LogWriter;
import io.orbitmq.store.segment.SegmentedLog;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Brings the log to the disk. SYNC_FLUSH: {@link #runOnce} writes all that was placed, forces it, and acknowledges;
 * meanwhile the next group forms. ASYNC_FLUSH: {@link #endTurn} writes and acknowledges on the caller's thread, {@code
 * runOnce} forces by time and by bytes.
 *
 * <p>A failed write or force closes the fence; it is never tried again, as the kernel may have dropped the bytes and
 * would report success (protocol of fsync, not of RocketMQ). All methods may be called by any thread.
 */
public final class Flusher {

    /** ASYNC_FLUSH forces when this much is written and not forced, however short the time. */
    private static final long MAX_UNFORCED_BYTES = 64L << 20;

    static final long SHORTEST_NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final SegmentedLog log;
    private final LogTail tail;
    private final LogWriter writer;
    private final Acknowledger acknowledger;
    private final Fence fence;
    private final Rhythm rhythm;
    private final ReentrantLock forcing = new ReentrantLock();
    private final AtomicInteger turns = new AtomicInteger();
    private volatile long durablePosition;
    private volatile long lastForceNanos;
    private volatile long unforcedSinceNanos;
    // of the flusher's loop
    private long lookedAtWritten = -1;
    private boolean foundLeft;

    /** When to force. */
    public record Rhythm(FlushMode mode, Duration interval, Clock clock) {}

    public Flusher(
            SegmentedLog log, LogTail tail, LogWriter writer, Acknowledger acknowledger, Fence fence, Rhythm rhythm) {
        this.log = log;
        this.tail = tail;
        this.writer = writer;
        this.acknowledger = acknowledger;
        this.fence = fence;
        this.rhythm = rhythm;
        this.durablePosition = tail.endPosition();
        this.unforcedSinceNanos = rhythm.clock().nanos();
    }

    /** Everything before is forced to disk. */
    public long durablePosition() {
        return durablePosition;
    }

    /** How long the last force took, in nanoseconds. */
    public long lastForceNanos() {
        return lastForceNanos;
    }

    public boolean isSync() {
        return rhythm.mode() == FlushMode.SYNC_FLUSH;
    }

    /** ASYNC_FLUSH: writes what was placed so far, or leaves it to the thread that is writing, and acknowledges. */
    public void endTurn() {
        if (turns.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        try {
            do {
                if (!fence.isClosed() && writer.writtenPosition() < tail.endPosition()) {
                    write();
                }
                seen = turns.addAndGet(-seen);
            } while (seen != 0);
        } finally {
            if (seen != 0) {
                // something was thrown: the next turn's end writes
                turns.set(0);
            }
        }
    }

    /**
     * One step of the flusher's loop.
     *
     * @return whether bytes are still on their way, so that another step is needed without anyone asking
     */
    public boolean runOnce() {
        if (fence.isClosed()) {
            return false;
        }
        if (isSync()) {
            if (durablePosition < tail.endPosition()) {
                force();
            }
            return durablePosition < tail.endPosition();
        }
        endTurn();
        if (isForceDue()) {
            force();
        }
        return durablePosition < tail.endPosition();
    }

    /**
     * As {@link #runOnce}, for a loop that runs beside threads that end their turns: with ASYNC_FLUSH bytes are left to them
     * and written here only when nobody has written any since the last call, which found some too. One thread.
     *
     * @return whether bytes are still on their way
     */
    boolean look() {
        if (isSync() || fence.isClosed()) {
            return runOnce();
        }
        long written = writer.writtenPosition();
        boolean left = written == lookedAtWritten && written < tail.endPosition();
        if (left && foundLeft) {
            endTurn();
            left = false;
        }
        foundLeft = left;
        lookedAtWritten = writer.writtenPosition();
        if (isForceDue()) {
            force();
        }
        return durablePosition < tail.endPosition();
    }

    /** How long the loop may sleep at most: until bytes somebody may have left must be written, or forced. */
    long mostNapNanos(long otherwise) {
        if (foundLeft) {
            return SHORTEST_NAP_NANOS;
        }
        if (isSync() || writer.writtenPosition() == durablePosition) {
            return otherwise;
        }
        long due = unforcedSinceNanos
                + rhythm.interval().toNanos()
                - rhythm.clock().nanos();
        return Math.max(SHORTEST_NAP_NANOS, Math.min(otherwise, due));
    }

    /**
     * Writes and forces everything placed before the call. What another thread forced, or acknowledges already, may be
     * acknowledged a moment after the return.
     *
     * @throws IOException when the store is fenced or gets fenced by this
     */
    public void flush() throws IOException {
        long wanted = tail.endPosition();
        if (durablePosition < wanted) {
            force();
        }
        if (durablePosition < wanted) {
            throw new IOException(fence.reason());
        }
    }

    private boolean isForceDue() {
        long unforced = writer.writtenPosition() - durablePosition;
        if (unforced == 0) {
            unforcedSinceNanos = rhythm.clock().nanos();
            return false;
        }
        return unforced >= MAX_UNFORCED_BYTES
                || rhythm.clock().nanos() - unforcedSinceNanos
                        >= rhythm.interval().toNanos();
    }

    private void write() {
        try {
            long written = writer.writeStaged();
            if (!isSync()) {
                acknowledger.advance(written);
            }
        } catch (IOException e) {
            fence.close("Writing the log in " + log.directory(), e);
        }
    }

    private void force() {
        forcing.lock();
        try {
            if (fence.isClosed()) {
                return;
            }
            long written = writer.writeStaged();
            long begin = rhythm.clock().nanos();
            log.force(durablePosition, written);
            lastForceNanos = rhythm.clock().nanos() - begin;
            durablePosition = written;
            unforcedSinceNanos = begin;
            if (!fence.isClosed()) {
                acknowledger.advance(written);
            }
        } catch (IOException e) {
            fence.close("Writing or forcing the log in " + log.directory(), e);
        } finally {
            forcing.unlock();
        }
    }
}
