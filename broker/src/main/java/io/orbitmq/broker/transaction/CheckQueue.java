package io.orbitmq.broker.transaction;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.function.LongPredicate;

/** When which transaction is looked at next, on the monotonic clock; one time per transaction. One thread. */
final class CheckQueue {

    private final Map<Long, Entry> byPosition = new HashMap<>();
    private final PriorityQueue<Entry> byTime =
            new PriorityQueue<>(Comparator.comparingLong((Entry entry) -> entry.dueNanos));

    private record Entry(long position, long dueNanos) {}

    /** Sets the time, in place of an earlier one. */
    void put(long position, long dueNanos) {
        Entry entry = new Entry(position, dueNanos);
        byPosition.put(position, entry);
        byTime.add(entry);
    }

    /** Takes out the transaction whose time has come, the oldest time first. */
    OptionalLong poll(long nowNanos) {
        for (Entry entry = first(); entry != null && entry.dueNanos - nowNanos <= 0; entry = first()) {
            byTime.poll();
            byPosition.remove(entry.position);
            return OptionalLong.of(entry.position);
        }
        return OptionalLong.empty();
    }

    /** The next time; empty when nothing waits. */
    OptionalLong nextNanos() {
        Entry entry = first();
        return entry == null ? OptionalLong.empty() : OptionalLong.of(entry.dueNanos);
    }

    int size() {
        return byPosition.size();
    }

    /** Forgets the others. */
    void keep(LongPredicate wanted) {
        byPosition.keySet().removeIf(position -> !wanted.test(position));
        byTime.removeIf(entry -> byPosition.get(entry.position) != entry);
    }

    private Entry first() {
        Entry entry = byTime.peek();
        while (entry != null && byPosition.get(entry.position) != entry) {
            byTime.poll();
            entry = byTime.peek();
        }
        return entry;
    }
}
