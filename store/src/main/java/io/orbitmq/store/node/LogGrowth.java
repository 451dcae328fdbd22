package io.orbitmq.store.node;

import io.orbitmq.foundation.schedule.Scheduler;
import io.orbitmq.store.flush.Fence;
import io.orbitmq.store.segment.LogTail;
import io.orbitmq.store.segment.NoRoomException;
import io.orbitmq.store.segment.SpaceAhead;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes room ahead of the log on the store's scheduler when it gets short, so that appends seldom do it themselves. A disk
 * that fails at it, not for want of space, fences the store.
 */
final class LogGrowth {

    private static final Logger LOG = LoggerFactory.getLogger(LogGrowth.class);

    private final LogTail tail;
    private final SpaceAhead space;
    private final Fence fence;
    private final Scheduler scheduler;
    private final AtomicBoolean asked = new AtomicBoolean();
    private boolean failing;
    private boolean closed;

    LogGrowth(LogTail tail, SpaceAhead space, Fence fence, Scheduler scheduler) {
        this.tail = tail;
        this.space = space;
        this.fence = fence;
        this.scheduler = scheduler;
    }

    /** After an append: asks for room if it is getting short. Any thread; usually one comparison. */
    void check() {
        if (tail.isSpaceShort() && asked.compareAndSet(false, true)) {
            scheduler.after(Duration.ZERO, this::grow);
        }
    }

    /** From now on nothing is written; waits for what is. To be called before the log is closed. */
    synchronized void close() {
        closed = true;
    }

    private void grow() {
        asked.set(false);
        try {
            runAhead();
        } catch (IOException e) {
            fence.close("Writing the log in " + tail.directory(), e);
        }
    }

    private synchronized void runAhead() throws IOException {
        if (closed || fence.isClosed()) {
            return;
        }
        try {
            space.runAhead(tail.endPosition());
            if (failing) {
                LOG.info("event=room-ahead-again position={}", tail.endPosition());
            }
            failing = false;
        } catch (NoRoomException e) {
            if (!failing) {
                LOG.warn("event=no-room-ahead position={} reason=\"{}\"", tail.endPosition(), e.getMessage());
            }
            failing = true;
        }
    }
}
