package io.orbitmq.store.node;

import io.orbitmq.foundation.schedule.Scheduler;
import io.orbitmq.store.segment.LogTail;
import io.orbitmq.store.segment.NoRoomException;
import io.orbitmq.store.segment.SpaceAhead;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes room ahead of the log on the store's scheduler when it gets short, so that appends seldom do it themselves. */
final class LogGrowth {

    private static final Logger LOG = LoggerFactory.getLogger(LogGrowth.class);

    private final LogTail tail;
    private final SpaceAhead space;
    private final Scheduler scheduler;
    private final AtomicBoolean asked = new AtomicBoolean();
    private boolean failing;

    LogGrowth(LogTail tail, SpaceAhead space, Scheduler scheduler) {
        this.tail = tail;
        this.space = space;
        this.scheduler = scheduler;
    }

    /** After an append: asks for room if it is getting short. Any thread; usually one comparison. */
    void check() {
        if (tail.isSpaceShort() && asked.compareAndSet(false, true)) {
            scheduler.after(Duration.ZERO, this::grow);
        }
    }

    private void grow() {
        asked.set(false);
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
