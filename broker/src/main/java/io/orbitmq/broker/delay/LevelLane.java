package io.orbitmq.broker.delay;

import io.orbitmq.broker.delay.Delivery.Result;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.store.Settlement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One delay level: its queue's messages in order, each when its time in the queue index has come. One thread. */
final class LevelLane extends FifoLane {

    private final SteadyMarks marks;
    private final long delayMs;

    /** @param delay of the level, for when the clock is set back */
    LevelLane(int queueId, Duration delay, LaneParts parts) {
        super(Settlement.DELAY_LEVEL, Names.SCHEDULE_TOPIC, queueId, parts);
        this.marks = new SteadyMarks(delay.toNanos());
        this.delayMs = delay.toMillis();
    }

    /**
     * A message begins to wait; called by whoever appends.
     *
     * @return when to run for it at the latest, epoch milliseconds
     */
    long heard(long offset, long code) {
        seen(offset + 1);
        return Math.min(code, parts().clock().epochMs() + delayMs);
    }

    @Override
    void seen(long endOffset) {
        marks.mark(parts().clock().nanos(), endOffset);
    }

    @Override
    long dueMs(Place place, long code, long nowMs) {
        if (code <= nowMs) {
            return code;
        }
        long nowNanos = parts().clock().nanos();
        long leftNanos = marks.endNanos(place.offset(), Long.MAX_VALUE) - nowNanos;
        long steadyMs = nowMs + TimeUnit.NANOSECONDS.toMillis(Math.max(0, leftNanos) + 999_999);
        return Math.min(code, steadyMs);
    }

    @Override
    Result settle(Place place, long nowMs) {
        return parts().delivery().deliver(place, nowMs);
    }
}
