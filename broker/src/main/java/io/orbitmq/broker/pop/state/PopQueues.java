package io.orbitmq.broker.pop.state;

import io.orbitmq.broker.pop.state.PopTable.PositionSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The queues of a {@link PopTable} and what is out of each; changed by the parts of changes. A number nobody knows
 * belongs to what was removed, and is passed over. Guarded by the table's lock.
 */
final class PopQueues implements PopChange.Target {

    private final PositionSink positions;
    private final Map<PopKey, PopQueue> byKey = new HashMap<>();
    private final Map<Integer, PopQueue> byNumber = new HashMap<>();
    private final DeadlineHeap deadlines = new DeadlineHeap();
    private int nextNumber = 1;
    private long messages;

    PopQueues(PositionSink positions) {
        this.positions = positions;
    }

    Optional<PopQueue> find(PopKey key) {
        return Optional.ofNullable(byKey.get(key));
    }

    List<PopKey> keys() {
        return new ArrayList<>(byKey.keySet());
    }

    DeadlineHeap deadlines() {
        return deadlines;
    }

    long messages() {
        return messages;
    }

    int takeNumber() {
        if (nextNumber > RevivedPlace.MAX_NUMBER) {
            throw new IllegalStateException("at most " + RevivedPlace.MAX_NUMBER
                    + " combinations of group and queue can be popped over a broker's life, and all are used");
        }
        return nextNumber++;
    }

    /** Whether the message is out since that pop. */
    boolean isOut(PopQueue queue, long offset, long popTimeMs) {
        long bit = Lease.bitOf(offset);
        Lease lease = queue.leases().first(Lease.blockOf(offset));
        while (lease != null && (lease.bits & bit) == 0) {
            lease = lease.next;
        }
        return lease != null && lease.popTimeMs == popTimeMs;
    }

    /** A copy settles what it was made of. */
    void revived(long settlement) {
        PopQueue queue = byNumber.get(RevivedPlace.number(settlement));
        if (queue != null) {
            long offset = RevivedPlace.offset(settlement, queue.highest());
            dropped(queue.number(), Lease.blockOf(offset), Lease.bitOf(offset));
        }
    }

    void removeAll() {
        removeIf(key -> true);
    }

    /** Everything, as a change that makes it. */
    PopChange snapshot() {
        PopChange all = new PopChange().numbered(nextNumber);
        byNumber.forEach((number, queue) -> {
            all.opened(number, queue.key());
            queue.leases().forEach(all::lease);
            queue.ordered().ifPresent(batch -> all.ordered(number, batch));
        });
        return all;
    }

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
        queue.raise((block + 1) * Lease.BLOCK_SIZE - 1 - Long.numberOfLeadingZeros(bits));
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
    public void ordered(int number, OrderBatch batch) {
        PopQueue queue = byNumber.get(number);
        if (queue != null) {
            queue.setOrdered(batch);
        }
    }

    @Override
    public void orderAcked(int number, long offset, long popTimeMs) {
        batch(number, offset, popTimeMs).ifPresent(batch -> byNumber.get(number).setOrdered(batch.withAcked(offset)));
    }

    @Override
    public void orderChanged(int number, long offset, long popTimeMs, long visibleMs) {
        batch(number, offset, popTimeMs)
                .ifPresent(batch -> byNumber.get(number).setOrdered(batch.withVisible(offset, visibleMs)));
    }

    @Override
    public void topicRemoved(String topic) {
        removeIf(key -> key.topic().equals(topic));
    }

    @Override
    public void groupRemoved(String group) {
        removeIf(key -> key.group().equals(group));
    }

    private Optional<OrderBatch> batch(int number, long offset, long popTimeMs) {
        return Optional.ofNullable(byNumber.get(number))
                .flatMap(PopQueue::ordered)
                .filter(batch -> batch.popTimeMs() == popTimeMs && batch.contains(offset));
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
            queue.leases().clear();
            messages -= queue.messages();
            byKey.remove(queue.key());
            byNumber.remove(queue.number());
        }
    }
}
