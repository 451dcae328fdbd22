package io.orbitmq.broker.delay;

import io.orbitmq.broker.delay.Delivery.Result;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.Settlement;
import java.util.Optional;

/**
 * Messages with a delivery time of their own, within the reach of the buckets. The window holds those due soonest; the
 * bucket of each further minute is loaded from the queue index a little before it begins. One thread; {@link #offer} by
 * whoever appends.
 */
final class TimerLane implements Lane {

    /** How long before its beginning a bucket is loaded. */
    static final long LEAD_MS = 5_000;

    private static final int TIMER = Settlement.TIMER;

    private final LaneParts parts;
    private final TimerWindow window;
    private boolean begun;
    private boolean behind;
    private Optional<Load> loading = Optional.empty();

    /** A bucket's messages behind a time and offset. */
    private record Load(long bucket, long afterDueMs, long afterOffset) {}

    /** @param capacity messages in memory, 24 bytes each, for a while twice as many */
    TimerLane(LaneParts parts, int capacity) {
        this.parts = parts;
        this.window = new TimerWindow(capacity);
    }

    /**
     * A message begins to wait.
     *
     * @return when to run for it at the latest, epoch milliseconds
     */
    long offer(long dueMs, long offset, long position) {
        boolean taken = window.offer(dueMs, offset, position);
        return taken ? dueMs : TimerQueues.startMs(TimerQueues.bucketOf(dueMs)) - LEAD_MS;
    }

    @Override
    public long run(long nowMs) {
        behind = true;
        if (window.hasOverflowed()) {
            begun = false;
        }
        if (!begun && !begin(nowMs)) {
            return NEVER;
        }
        window.takeIn();
        if (!load(nowMs)) {
            return NEVER;
        }
        long again = deliver(nowMs);
        if (!parts.delivery().flush()) {
            return nowMs + RETRY_MS;
        }
        DueHeap heap = window.heap();
        behind = !heap.isEmpty() && heap.dueMs() <= nowMs;
        return again;
    }

    @Override
    public boolean isBehind() {
        return behind;
    }

    /** Finds out where to begin; false when something is on its way to the disk: it wakes the lanes. */
    private boolean begin(long nowMs) {
        window.restart();
        loading = Optional.empty();
        Earliest earliest = new Earliest();
        for (int i = 0; i < TimerQueues.BUCKETS; i++) {
            int queueId = TimerQueues.FIRST_BUCKET + i;
            Optional<LogQueue> queue = parts.store().findQueue(Names.TIMER_TOPIC, queueId);
            if (queue.isPresent()) {
                if (!isVisible(queue.get())) {
                    return false;
                }
                earliest.look(queue.get());
            }
        }
        long first = Math.min(TimerQueues.bucketOf(earliest.dueMs), TimerQueues.bucketOf(nowMs) + 1);
        window.cover(TimerQueues.lastMs(first - 1));
        begun = true;
        return true;
    }

    /** Loads what is due soon; false when something is on its way to the disk: it wakes the lanes. */
    private boolean load(long nowMs) {
        while (loading.isPresent() || wantsMore(nowMs)) {
            Load load = loading.orElseGet(this::nextLoad);
            loading = Optional.of(load);
            Optional<LogQueue> queue = parts.store().findQueue(Names.TIMER_TOPIC, TimerQueues.queueIdOf(load.bucket));
            if (queue.isPresent()) {
                if (!isVisible(queue.get())) {
                    return false;
                }
                fill(load, queue.get());
            }
            loading = Optional.empty();
        }
        return true;
    }

    private boolean wantsMore(long nowMs) {
        boolean near = window.coverDueMs() < nowMs + LEAD_MS;
        return near && (window.heap().isEmpty() || isCoverWhole() && window.hasRoom());
    }

    private boolean isCoverWhole() {
        return window.coverOffset() == Long.MAX_VALUE;
    }

    /** Moves the cover to the end of the next bucket, so that from now on new messages of it are offered. */
    private Load nextLoad() {
        long dueMs = window.coverDueMs();
        long bucket = TimerQueues.bucketOf(isCoverWhole() ? dueMs + 1 : dueMs);
        Load load = new Load(bucket, dueMs, window.coverOffset());
        window.cover(TimerQueues.lastMs(bucket));
        return load;
    }

    private void fill(Load load, LogQueue queue) {
        int queueId = queue.queueId();
        long lastMs = TimerQueues.lastMs(load.bucket);
        parts.store().scan(queue, firstOpen(queue), (offset, position, sizeBytes, dueMs) -> {
            boolean wanted = dueMs > load.afterDueMs || dueMs == load.afterDueMs && offset > load.afterOffset;
            if (wanted && dueMs <= lastMs && window.covers(dueMs, offset) && !isSettled(queueId, offset)) {
                window.load(dueMs, offset, position);
            }
            return true;
        });
    }

    private long deliver(long nowMs) {
        DueHeap heap = window.heap();
        for (int i = 0; i < BATCH && !heap.isEmpty() && heap.dueMs() <= nowMs; i++) {
            int queueId = TimerQueues.queueIdOf(TimerQueues.bucketOf(heap.dueMs()));
            if (!isSettled(queueId, heap.offset())) {
                Place place = new Place(TIMER, queueId, heap.offset(), heap.position());
                Result result = parts.delivery().deliver(place, nowMs);
                if (result != Result.SETTLED) {
                    return result == Result.REFUSED ? nowMs + RETRY_MS : NEVER;
                }
            }
            heap.removeFirst();
        }
        return nextRunMs(nowMs);
    }

    private long nextRunMs(long nowMs) {
        DueHeap heap = window.heap();
        long loadMs = window.coverDueMs() - LEAD_MS;
        if (!heap.isEmpty()) {
            return isCoverWhole() && loadMs > nowMs ? Math.min(heap.dueMs(), loadMs) : heap.dueMs();
        }
        if (!isCoverWhole()) {
            return AT_ONCE;
        }
        long next = TimerQueues.bucketOf(window.coverDueMs() + 1);
        return parts.table().firstOccupied(next).stream()
                .map(bucket -> TimerQueues.startMs(bucket) - LEAD_MS)
                .findFirst()
                .orElse(NEVER);
    }

    private boolean isSettled(int queueId, long offset) {
        return parts.table().isSettled(TIMER, queueId, offset);
    }

    private long firstOpen(LogQueue queue) {
        return Math.max(queue.minOffset(), parts.table().settledBelow(TIMER, queue.queueId()));
    }

    /** Whether all messages heard of can be read; if not, the lanes are woken once they can. */
    private boolean isVisible(LogQueue queue) {
        int queueId = queue.queueId();
        if (queue.maxOffset() >= parts.table().endOffset(TIMER, queueId)) {
            return true;
        }
        long position = parts.table().lastPosition(TIMER, queueId);
        return parts.delivery().whenDurable(position)
                && queue.maxOffset() >= parts.table().endOffset(TIMER, queueId);
    }

    /** The earliest time that any message waits for. */
    private final class Earliest {

        private long dueMs = Long.MAX_VALUE;

        private void look(LogQueue queue) {
            parts.store().scan(queue, firstOpen(queue), (offset, position, sizeBytes, code) -> {
                if (code < dueMs && !isSettled(queue.queueId(), offset)) {
                    dueMs = code;
                }
                return true;
            });
        }
    }
}
