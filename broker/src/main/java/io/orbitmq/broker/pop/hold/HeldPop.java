package io.orbitmq.broker.pop.hold;

import io.orbitmq.store.ReadRequest.RecordFilter;
import io.orbitmq.transport.Connection;
import java.util.concurrent.atomic.AtomicBoolean;

/** A request that waits. It is woken at most once, by whoever claims it. */
public final class HeldPop {

    private final HoldKey key;
    private final RecordFilter filter;
    private final Connection connection;
    private final long deadlineNanos;
    private final Runnable again;
    private final AtomicBoolean claimed = new AtomicBoolean();

    /** Among equal deadlines; set when it is held. */
    private long sequence;

    /**
     * @param key what it waits for
     * @param filter which messages wake it
     * @param connection where it came from
     * @param deadlineNanos time of {@code Clock.nanos} when it runs again in any case
     * @param again runs the request once more, on the connection's event loop; may hold a new one
     */
    public HeldPop(HoldKey key, RecordFilter filter, Connection connection, long deadlineNanos, Runnable again) {
        this.key = key;
        this.filter = filter;
        this.connection = connection;
        this.deadlineNanos = deadlineNanos;
        this.again = again;
    }

    HoldKey key() {
        return key;
    }

    RecordFilter filter() {
        return filter;
    }

    Connection connection() {
        return connection;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    long sequence() {
        return sequence;
    }

    void setSequence(long number) {
        sequence = number;
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
}
