package io.orbitmq.broker.dedup;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The latest sends of one connection, whose answers its end may have lost: a ring that grows while what it would
 * overwrite is still young, up to a limit. Owned by the connection's event loop; {@link #copyTo} may be called from any
 * thread and may miss what is written meanwhile.
 */
final class SendRing {

    private static final int FIRST_CAPACITY = 64;
    private static final int MAX_CAPACITY = 1 << 14;
    private static final long CLOCK_SET_AFTER_MS = 30_000;

    private final AtomicLong budget;
    private volatile Slots slots = new Slots(0, FIRST_CAPACITY);
    private final AtomicLong next = new AtomicLong();
    private long leastLatenessMs = Long.MAX_VALUE;
    private long lateSinceMs;

    /** @param budget slots that all rings together may still take */
    SendRing(AtomicLong budget) {
        this.budget = budget;
        budget.addAndGet(-FIRST_CAPACITY);
    }

    /** Takes the sends of a ring, oldest first. */
    interface Sink {

        void accept(long hash, int group, long position, long timeMs);
    }

    /** @param begin the first sequence number that was ever put in */
    private record Slots(long begin, long[] hashes, long[] positions, long[] times, int[] groups) {

        Slots(long begin, int capacity) {
            this(begin, new long[capacity], new long[capacity], new long[capacity], new int[capacity]);
        }

        int capacity() {
            return hashes.length;
        }
    }

    /**
     * Notes a send.
     *
     * @param timeMs when it was stored
     * @param youngFromMs what is not older than this should not be overwritten
     * @return false when something young was overwritten
     */
    boolean add(long hash, int group, long position, long timeMs, long youngFromMs) {
        Slots current = slots;
        long sequence = next.get();
        int slot = (int) sequence & (current.capacity() - 1);
        boolean lost = false;
        if (sequence >= current.capacity() && current.times[slot] >= youngFromMs) {
            if (grow(current, sequence)) {
                current = slots;
                slot = (int) sequence & (current.capacity() - 1);
            } else {
                lost = true;
            }
        }
        current.hashes[slot] = hash;
        current.positions[slot] = position;
        current.times[slot] = timeMs;
        current.groups[slot] = group;
        next.lazySet(sequence + 1);
        return !lost;
    }

    /**
     * Whether a request came so much later than the quickest of this connection, by the producer's own clock, that the
     * producer has given it up. If all come late for long, its clock was set.
     *
     * @param bornMs when the producer made it, by its clock
     * @param nowMs by ours
     */
    boolean isLate(long bornMs, long nowMs, long limitMs) {
        long lateness = nowMs - bornMs;
        leastLatenessMs = Math.min(leastLatenessMs, lateness);
        if (lateness - leastLatenessMs < limitMs) {
            lateSinceMs = 0;
            return false;
        }
        lateSinceMs = lateSinceMs == 0 ? nowMs : lateSinceMs;
        if (nowMs - lateSinceMs > CLOCK_SET_AFTER_MS) {
            leastLatenessMs = lateness;
        }
        return true;
    }

    /** Shows the sends that were stored at or after {@code fromMs}. */
    void copyTo(Sink sink, long fromMs) {
        Slots current = slots;
        long end = next.get();
        for (long at = Math.max(current.begin, end - current.capacity()); at < end; at++) {
            int slot = (int) at & (current.capacity() - 1);
            if (current.times[slot] >= fromMs) {
                sink.accept(current.hashes[slot], current.groups[slot], current.positions[slot], current.times[slot]);
            }
        }
    }

    /** Gives its slots back to the budget; afterwards it is not used. */
    void release() {
        budget.addAndGet(slots.capacity());
    }

    private boolean grow(Slots full, long sequence) {
        int capacity = full.capacity();
        if (capacity >= MAX_CAPACITY || budget.get() < capacity) {
            return false;
        }
        budget.addAndGet(-capacity);
        Slots larger = new Slots(sequence - capacity, capacity * 2);
        for (long at = sequence - capacity; at < sequence; at++) {
            int from = (int) at & (capacity - 1);
            int to = (int) at & (larger.capacity() - 1);
            larger.hashes[to] = full.hashes[from];
            larger.positions[to] = full.positions[from];
            larger.times[to] = full.times[from];
            larger.groups[to] = full.groups[from];
        }
        slots = larger;
        return true;
    }
}
