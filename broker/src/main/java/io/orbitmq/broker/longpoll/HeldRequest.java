package io.orbitmq.broker.longpoll;

import io.orbitmq.store.LogQueue;
import io.orbitmq.store.ReadRequest.RecordFilter;
import io.orbitmq.transport.Connection;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request that waits for a message at or after an offset of one queue. It is woken at most once: whoever claims it
 * takes it out of every place where it stands and lets it run again.
 */
public final class HeldRequest {

    private final Waiting waiting;
    private final Connection connection;
    private final long deadlineNanos;
    private final Runnable again;
    private final AtomicBoolean claimed = new AtomicBoolean();

    /** The index in each bag by {@link HeldBag.Kind}, -1 when not in it; guarded by that bag's lock. */
    private final int[] places = {-1, -1, -1};

    /** The wheel's tick it stands at; guarded by the queue's lock. */
    private long visitTick;

    /** The next in the chain of those woken together; belongs to the thread that claimed it. */
    private HeldRequest nextWoken;

    /**
     * @param waiting what it waits for
     * @param connection where it came from
     * @param deadlineNanos time of {@code Clock.nanos} when it runs again in any case
     * @param again runs the request once more, on the connection's event loop; must not hold it again
     */
    public HeldRequest(Waiting waiting, Connection connection, long deadlineNanos, Runnable again) {
        this.waiting = waiting;
        this.connection = connection;
        this.deadlineNanos = deadlineNanos;
        this.again = again;
    }

    /**
     * What a request waits for.
     *
     * @param group the consumer group
     * @param queue where messages arrive
     * @param offset the first wanted offset
     * @param filter which messages are wanted
     */
    public record Waiting(String group, LogQueue queue, long offset, RecordFilter filter) {}

    Waiting waiting() {
        return waiting;
    }

    LogQueue queue() {
        return waiting.queue;
    }

    Connection connection() {
        return connection;
    }

    boolean wants(LogQueue arrivedIn, long offset, long tagsCode) {
        return waiting.queue == arrivedIn && offset >= waiting.offset && waiting.filter.mayMatch(tagsCode);
    }

    /** Messages have become visible since it began to wait, whether they match or not. */
    boolean isPassedBy() {
        return waiting.queue.maxOffset() > waiting.offset;
    }

    boolean isDue(long nowNanos) {
        return nowNanos - deadlineNanos >= 0;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    /** True for exactly one caller. */
    boolean claim() {
        return claimed.compareAndSet(false, true);
    }

    boolean isClaimed() {
        return claimed.get();
    }

    void runAgain() {
        again.run();
    }

    int place(HeldBag.Kind kind) {
        return places[kind.ordinal()];
    }

    void setPlace(HeldBag.Kind kind, int index) {
        places[kind.ordinal()] = index;
    }

    long visitTick() {
        return visitTick;
    }

    void setVisitTick(long tick) {
        visitTick = tick;
    }

    /** Null at the chain's end. */
    HeldRequest nextWoken() {
        return nextWoken;
    }

    void setNextWoken(HeldRequest next) {
        nextWoken = next;
    }
}
