package io.orbitmq.broker.pop.state;

import io.orbitmq.broker.state.StateReader;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.RecordFollower;
import io.orbitmq.store.Settlement;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which messages are popped and not acknowledged, by group, topic and queue. Changes come from {@link PopChange}; a copy
 * in a retry topic settles the message it was made of, both by one record (protocol/08 sections 1 and 7).
 *
 * <p>A LEASED change moves the group's offset too, so that a position is never past a message nobody remembers. Every
 * part of a change sets or clears single offsets, so a suffix of the history applied again ends in the same state.
 *
 * <p>Size: about 60 bytes per lease, see {@link Lease}. Safe for any thread; {@link #follow} and {@link #apply} come one
 * at a time. Whoever decides on what is out of one queue (to renew, to revive) holds that {@link PopQueue}'s monitor
 * until the change is appended; acknowledgements need not, they name the pop they belong to.
 */
public final class PopTable implements RecordFollower {

    /** As a deadline: nothing is out. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final String NAME = "pop";

    private final PositionSink positions;
    private final Map<PopKey, PopQueue> byKey = new HashMap<>();
    private final Map<Integer, PopQueue> byNumber = new HashMap<>();
    private final Map<Integer, Long> highest = new HashMap<>();
    private final DeadlineHeap deadlines = new DeadlineHeap();
    private final Changer changer = new Changer();
    private int nextNumber = 1;
    private long messages;
    private volatile Runnable earlier = () -> {};

    /** Takes the offsets that groups move to; under the append lock. */
    public interface PositionSink {

        void moved(String group, String topic, int queueId, long offset);
    }

    public PopTable(PositionSink positions) {
        this.positions = positions;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> followedTopics() {
        return Set.of();
    }

    @Override
    public synchronized void follow(ByteBuffer record, int base) {
        long settled = MessageRecord.preparedTransactionOffset(record, base);
        if (Settlement.kind(settled) == Settlement.POP) {
            int number = RevivedPlace.number(settled);
            long offset = RevivedPlace.offset(settled, highest.getOrDefault(number, 0L));
            changer.dropped(number, Lease.blockOf(offset), Lease.bitOf(offset));
        }
    }

    /** Messages that expire are lost to pop as they are to pull. */
    @Override
    public long neededFrom() {
        return Long.MAX_VALUE;
    }

    @Override
    public void apply(ByteBuffer change) {
        boolean isEarlier;
        synchronized (this) {
            long before = earliestDueMs();
            PopChange.decode(new StateReader(NAME, change), changer);
            isEarlier = earliestDueMs() < before;
        }
        if (isEarlier) {
            earlier.run();
        }
    }

    @Override
    public synchronized ByteBuffer snapshot() {
        PopChange all = new PopChange().numbered(nextNumber);
        byNumber.forEach((number, queue) -> {
            all.opened(number, queue.key());
            queue.leases().forEach(all::lease);
        });
        return all.toBuffer();
    }

    @Override
    public synchronized void restore(ByteBuffer snapshot) {
        removeIf(key -> true);
        PopChange.decode(new StateReader(NAME, snapshot), changer);
    }

    /** {@code listener} hears, under the append lock, when the earliest deadline has become earlier; set once. */
    public void onEarlier(Runnable listener) {
        earlier = listener;
    }

    /** The queue as the group pops it; empty while nothing was ever popped. */
    public synchronized Optional<PopQueue> find(PopKey key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /**
     * A number for a queue that is to be opened.
     *
     * @throws IllegalStateException when there are no more
     */
    public synchronized int newNumber() {
        if (nextNumber > RevivedPlace.MAX_NUMBER) {
            throw new IllegalStateException("at most " + RevivedPlace.MAX_NUMBER
                    + " combinations of group and queue can be popped over a broker's life, and all are used");
        }
        return nextNumber++;
    }

    /** What the copy of a message carries to settle it. */
    public static long settlement(PopQueue queue, long offset) {
        return RevivedPlace.settlement(queue.number(), offset);
    }

    /** Whether the message is out since that pop. */
    public synchronized boolean isOut(PopQueue queue, long offset, long popTimeMs) {
        Lease lease = holder(queue, offset);
        return lease != null && lease.popTimeMs == popTimeMs;
    }

    /** Messages of the queue that are out. */
    public synchronized int messagesOut(PopQueue queue) {
        return queue.messages();
    }

    /** Messages of all queues that are out. */
    public synchronized long messagesOut() {
        return messages;
    }

    /** What they take: about 60 bytes each. */
    public synchronized int leases() {
        return deadlines.size();
    }

    /** The earliest deadline, epoch milliseconds, or {@link #NEVER}. */
    public synchronized long earliestDueMs() {
        Lease first = deadlines.first();
        return first == null ? NEVER : first.dueMs;
    }

    /** The lease that is due first, if its time has come. */
    public synchronized Optional<DueLease> firstDue(long nowMs) {
        Lease first = deadlines.first();
        return first == null || first.dueMs > nowMs
                ? Optional.empty()
                : Optional.of(new DueLease(first.queue, first.block, first.bits, first.popTimeMs));
    }

    /** All queues that were opened. */
    public synchronized List<PopKey> keys() {
        return new ArrayList<>(byKey.keySet());
    }

    private Lease holder(PopQueue queue, long offset) {
        long bit = Lease.bitOf(offset);
        Lease lease = queue.leases().first(Lease.blockOf(offset));
        while (lease != null && (lease.bits & bit) == 0) {
            lease = lease.next;
        }
        return lease;
    }

    private void clear(Lease lease, long bits) {
        int gone = Long.bitCount(lease.bits & bits);
        lease.bits &= ~bits;
        lease.queue.count(-gone);
        messages -= gone;
        if (lease.bits == 0) {
            lease.queue.leases().remove(lease);
            deadlines.remove(lease);
        }
    }

    private void removeIf(Predicate<PopKey> chosen) {
        List<PopQueue> gone = byKey.values().stream()
                .filter(queue -> chosen.test(queue.key()))
                .toList();
        for (PopQueue queue : gone) {
            queue.leases().forEach(deadlines::remove);
            messages -= queue.messages();
            byKey.remove(queue.key());
            byNumber.remove(queue.number());
            highest.remove(queue.number());
        }
    }

    /** Guarded by the table. A number nobody knows belongs to what was removed. */
    private final class Changer implements PopChange.Target {

        @Override
        public void opened(int number, PopKey key) {
            if (!byNumber.containsKey(number)) {
                PopQueue queue = new PopQueue(number, key);
                byNumber.put(number, queue);
                byKey.put(key, queue);
            }
            numbered(number + 1);
        }

        @Override
        public void numbered(int next) {
            nextNumber = Math.max(nextNumber, next);
        }

        @Override
        public void leased(int number, long block, long bits, long popTimeMs, long dueMs) {
            PopQueue queue = byNumber.get(number);
            if (queue == null) {
                return;
            }
            dropped(number, block, bits);
            Lease lease = new Lease(queue, block, bits, popTimeMs, dueMs);
            queue.leases().add(lease);
            queue.count(Long.bitCount(bits));
            messages += Long.bitCount(bits);
            deadlines.add(lease);
            long last = (block + 1) * Lease.BLOCK_SIZE - 1 - Long.numberOfLeadingZeros(bits);
            highest.merge(number, last, Math::max);
        }

        @Override
        public void moved(int number, long nextOffset) {
            PopQueue queue = byNumber.get(number);
            if (queue != null) {
                PopKey key = queue.key();
                positions.moved(key.group(), key.topic(), key.queueId(), nextOffset);
            }
        }

        @Override
        public void acked(int number, long block, long bits, long popTimeMs) {
            PopQueue queue = byNumber.get(number);
            Lease next;
            for (Lease lease = queue == null ? null : queue.leases().first(block); lease != null; lease = next) {
                next = lease.next;
                if (lease.popTimeMs == popTimeMs) {
                    clear(lease, bits);
                }
            }
        }

        @Override
        public void renewed(int number, long offset, long oldPopTimeMs, long popTimeMs, long dueMs) {
            PopQueue queue = byNumber.get(number);
            if (queue != null && isOut(queue, offset, oldPopTimeMs)) {
                leased(number, Lease.blockOf(offset), Lease.bitOf(offset), popTimeMs, dueMs);
            }
        }

        @Override
        public void dropped(int number, long block, long bits) {
            PopQueue queue = byNumber.get(number);
            Lease next;
            for (Lease lease = queue == null ? null : queue.leases().first(block); lease != null; lease = next) {
                next = lease.next;
                if ((lease.bits & bits) != 0) {
                    clear(lease, bits);
                }
            }
        }

        @Override
        public void topicRemoved(String topic) {
            removeIf(key -> key.topic().equals(topic));
        }

        @Override
        public void groupRemoved(String group) {
            removeIf(key -> key.group().equals(group));
        }
    }
}
