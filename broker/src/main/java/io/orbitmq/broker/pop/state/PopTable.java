package io.orbitmq.broker.pop.state;

import io.orbitmq.broker.state.StateReader;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.RecordFollower;
import io.orbitmq.store.Settlement;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which messages are popped and not acknowledged, by group, topic and queue. Changes come from {@link PopChange}; a copy
 * in a retry topic settles the message it was made of, both by one record (protocol/08 sections 1 and 7).
 *
 * <p>What says that messages are out moves the group's offset too, so that a position is never past a message nobody
 * remembers. Every part of a change sets or clears single offsets, so a suffix of the history applied again ends in the
 * same state.
 *
 * <p>Size: about 60 bytes per lease, see {@link Lease}. Safe for any thread; {@link #follow} and {@link #apply} come one
 * at a time. Whoever decides on what is out of one queue (to renew, to revive, in order) holds that {@link PopQueue}'s
 * monitor until the change is appended; acknowledgements need not, they name the pop they belong to.
 */
public final class PopTable implements RecordFollower {

    /** As a deadline: nothing is out. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final String NAME = "pop";

    private final PopQueues queues;
    private volatile Runnable earlier = () -> {};

    /** Takes the offsets that groups move to; under the append lock. */
    public interface PositionSink {

        void moved(String group, String topic, int queueId, long offset);
    }

    public PopTable(PositionSink positions) {
        this.queues = new PopQueues(positions);
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
            queues.revived(settled);
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
            PopChange.decode(new StateReader(NAME, change), queues);
            isEarlier = earliestDueMs() < before;
        }
        if (isEarlier) {
            earlier.run();
        }
    }

    @Override
    public synchronized ByteBuffer snapshot() {
        return queues.snapshot().toBuffer();
    }

    @Override
    public synchronized void restore(ByteBuffer snapshot) {
        queues.removeAll();
        PopChange.decode(new StateReader(NAME, snapshot), queues);
    }

    /** {@code listener} hears, under the append lock, when the earliest deadline has become earlier; set once. */
    public void onEarlier(Runnable listener) {
        earlier = listener;
    }

    /** The queue as the group pops it; empty while nothing was ever popped. */
    public synchronized Optional<PopQueue> find(PopKey key) {
        return queues.find(key);
    }

    /**
     * A number for a queue that is to be opened.
     *
     * @throws IllegalStateException when there are no more
     */
    public synchronized int newNumber() {
        return queues.takeNumber();
    }

    /** What the copy of a message carries to settle it. */
    public static long settlement(PopQueue queue, long offset) {
        return RevivedPlace.settlement(queue.number(), offset);
    }

    /** Whether the message is out since that pop. */
    public synchronized boolean isOut(PopQueue queue, long offset, long popTimeMs) {
        return queues.isOut(queue, offset, popTimeMs);
    }

    /** What was popped last in order; empty when nothing was. */
    public synchronized Optional<OrderBatch> ordered(PopQueue queue) {
        return queue.ordered();
    }

    /** Messages of the queue that are out. */
    public synchronized int messagesOut(PopQueue queue) {
        return queue.messages();
    }

    /** Messages of all queues that are out. */
    public synchronized long messagesOut() {
        return queues.messages();
    }

    /** What they take: about 60 bytes each. */
    public synchronized int leases() {
        return queues.deadlines().size();
    }

    /** The earliest deadline, epoch milliseconds, or {@link #NEVER}. */
    public synchronized long earliestDueMs() {
        Lease first = queues.deadlines().first();
        return first == null ? NEVER : first.dueMs;
    }

    /** The lease that is due first, if its time has come. */
    public synchronized Optional<DueLease> firstDue(long nowMs) {
        Lease first = queues.deadlines().first();
        return first == null || first.dueMs > nowMs
                ? Optional.empty()
                : Optional.of(new DueLease(first.queue, first.block, first.bits, first.popTimeMs));
    }

    /** All queues that were opened. */
    public synchronized List<PopKey> keys() {
        return queues.keys();
    }
}
