package io.orbitmq.broker.pop.state;

import java.util.Optional;

/**
 * What one group has popped from one queue and not acknowledged. Its number stands for it in records. Guarded by the
 * table's lock; number and key are fixed.
 */
public final class PopQueue {

    private final int number;
    private final PopKey key;
    private final LeaseMap leases = new LeaseMap();
    private int messages;
    private long highest;
    private Optional<OrderBatch> ordered = Optional.empty();

    PopQueue(int number, PopKey key) {
        this.number = number;
        this.key = key;
    }

    public int number() {
        return number;
    }

    public PopKey key() {
        return key;
    }

    LeaseMap leases() {
        return leases;
    }

    /** Messages that are out. */
    int messages() {
        return messages;
    }

    void count(int change) {
        messages += change;
    }

    /** The highest offset that was ever out. */
    long highest() {
        return highest;
    }

    void raise(long offset) {
        highest = Math.max(highest, offset);
    }

    Optional<OrderBatch> ordered() {
        return ordered;
    }

    void setOrdered(OrderBatch batch) {
        ordered = Optional.of(batch);
    }
}
