package io.orbitmq.broker.delay;

import io.orbitmq.broker.delay.Delivery.Result;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore.EntrySink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A queue whose messages come due in the order they stand in it: a delay level, or messages that are appended again when
 * they reach a certain age. Reads on from the first message that is not settled. One thread.
 */
abstract class FifoLane implements Lane {

    private final int kind;
    private final String topic;
    private final int queueId;
    private final LaneParts parts;
    private boolean behind;

    FifoLane(int kind, String topic, int queueId, LaneParts parts) {
        this.kind = kind;
        this.topic = topic;
        this.queueId = queueId;
        this.parts = parts;
    }

    /** Due now, or when. */
    abstract long dueMs(Place place, long code, long nowMs);

    /** Appends the message that is due. */
    abstract Result settle(Place place, long nowMs);

    /** Messages up to {@code endOffset} can be read. */
    void seen(long endOffset) {}

    LaneParts parts() {
        return parts;
    }

    @Override
    public final long run(long nowMs) {
        behind = true;
        Optional<LogQueue> found = parts.store().findQueue(topic, queueId);
        if (found.isEmpty()) {
            behind = false;
            return NEVER;
        }
        LogQueue queue = found.get();
        long next = parts.table().settledBelow(kind, queueId);
        if (next < queue.minOffset()) {
            parts.store().appendState(parts.table().name(), DelayChanges.settleBelow(kind, queueId, queue.minOffset()));
            next = queue.minOffset();
        }
        if (next >= queue.maxOffset()) {
            return awaitMore(next);
        }
        seen(queue.maxOffset());
        DueEntries due = new DueEntries(nowMs);
        parts.store().scan(queue, next, due);
        return settleAll(due, nowMs);
    }

    /** Nothing can be read; something may be on its way to the disk. */
    private long awaitMore(long next) {
        behind = next < parts.table().endOffset(kind, queueId);
        if (behind) {
            parts.delivery().whenDurable(parts.table().lastPosition(kind, queueId));
        }
        return NEVER;
    }

    private long settleAll(DueEntries due, long nowMs) {
        boolean settled = true;
        long again = due.again;
        for (Place place : due.places) {
            Result result = settle(place, nowMs);
            if (result != Result.SETTLED) {
                settled = false;
                again = result == Result.REFUSED ? nowMs + RETRY_MS : NEVER;
                break;
            }
        }
        boolean written = parts.delivery().flush();
        behind = !(settled && written);
        return written ? again : nowMs + RETRY_MS;
    }

    @Override
    public final boolean isBehind() {
        return behind;
    }

    /** Takes entries up to the first that is not due. */
    private final class DueEntries implements EntrySink {

        private final long nowMs;
        private final List<Place> places = new ArrayList<>();
        private long again = NEVER;

        private DueEntries(long nowMs) {
            this.nowMs = nowMs;
        }

        @Override
        public boolean accept(long offset, long position, int sizeBytes, long code) {
            if (parts.table().isSettled(kind, queueId, offset)) {
                return true;
            }
            if (places.size() == BATCH) {
                again = AT_ONCE;
                return false;
            }
            Place place = new Place(kind, queueId, offset, position);
            long dueMs = dueMs(place, code, nowMs);
            if (dueMs > nowMs) {
                again = dueMs;
                return false;
            }
            places.add(place);
            return true;
        }
    }
}
