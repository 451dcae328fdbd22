package io.orbitmq.broker.longpoll;

import io.orbitmq.foundation.schedule.Scheduler;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore.ArrivalListener;
import io.orbitmq.transport.Connection;
import io.orbitmq.transport.ConnectionListener;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;

/**
 * All held requests of a broker. Register it as the store's arrival listener and as a listener of the server's
 * connections. Safe for any thread.
 *
 * <p>An arrival costs a fence and two reads when nobody waits for its queue and otherwise looks only at that queue's
 * waiters. A request wakes at most once, by whichever comes first: a message that passes its filter; its deadline (kept
 * to one tick); the look every {@link LongPollConfig#visitInterval} that finds messages which did not match, so that the
 * client's offset moves on; an operator's change ({@link #wakeTopic}, {@link #wakeGroup}). While nothing is held no timer
 * runs.
 *
 * <p>No arrival is lost between a read and {@link #hold}: holding first makes the request visible to arrivals and then
 * looks at the queue's end again, while the store first moves the end and then tells the arrival. A full fence between the
 * two steps on both sides, the store's own on the one, keeps either from overtaking.
 */
public final class HeldRequests implements ArrivalListener, ConnectionListener {

    private static final int FIRST_TABLE_SIZE = 256;

    private final Clock clock;
    private final Scheduler scheduler;
    private final LongPollConfig config;
    private final DeadlineWheel wheel;
    private final ConcurrentHashMap<Connection, ConnectionHolds> byConnection = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicBoolean timerRuns = new AtomicBoolean();

    /** By the dense index of a queue; replaced by a longer one when a queue's index does not fit. */
    private volatile AtomicReferenceArray<QueueWaiters> byQueue = new AtomicReferenceArray<>(FIRST_TABLE_SIZE);

    public HeldRequests(Clock clock, Scheduler scheduler, LongPollConfig config) {
        this.clock = clock;
        this.scheduler = scheduler;
        this.config = config;
        this.wheel = new DeadlineWheel(clock, config);
    }

    /**
     * Holds a request until it is woken. False when as many are held as allowed, or the connection is closed: then the
     * caller answers at once. The caller must not use the request afterwards; it may already be running again.
     */
    public boolean hold(HeldRequest request) {
        if (count.incrementAndGet() > config.maxHeldRequests()) {
            count.decrementAndGet();
            return false;
        }
        ConnectionHolds holds = byConnection.computeIfAbsent(request.connection(), ConnectionHolds::new);
        if (!holds.add(request)) {
            count.decrementAndGet();
            return false;
        }
        startTimer();
        QueueWaiters waiters = waitersOf(request.queue().index());
        waiters.add(request);
        VarHandle.fullFence();
        if (request.isPassedBy() && request.claim()) {
            waiters.remove(request);
            wake(request);
        }
        if (!request.connection().isOpen()) {
            closed(request.connection());
        }
        return true;
    }

    /** How many requests are held now. */
    public int count() {
        return count.get();
    }

    @Override
    public void arrived(LogQueue queue, long offset, long tagsCode) {
        AtomicReferenceArray<QueueWaiters> table = byQueue;
        int index = queue.index();
        QueueWaiters waiters = index < table.length() ? table.get(index) : null;
        if (waiters != null && !waiters.isEmpty()) {
            wakeChain(waiters.takeThoseWanting(queue, offset, tagsCode));
        }
    }

    @Override
    public void closed(Connection connection) {
        ConnectionHolds holds = byConnection.remove(connection);
        if (holds == null) {
            return;
        }
        for (HeldRequest request : holds.close()) {
            if (request.claim()) {
                count.decrementAndGet();
                waitersOf(request.queue().index()).remove(request);
            }
        }
    }

    /** Runs every request that waits for a queue of the topic again: it was changed or deleted. */
    public void wakeTopic(String topic) {
        wakeIf(request -> request.queue().topic().equals(topic));
    }

    /** Runs the group's requests for the topic again: its offsets were reset, or its permission changed. */
    public void wakeGroup(String group, String topic) {
        wakeIf(request -> request.waiting().group().equals(group)
                && request.queue().topic().equals(topic));
    }

    /** Runs every held request again: the broker stops. */
    public void wakeAll() {
        wakeIf(request -> true);
    }

    private void wakeIf(Predicate<HeldRequest> chosen) {
        AtomicReferenceArray<QueueWaiters> table = byQueue;
        for (int i = 0; i < table.length(); i++) {
            QueueWaiters waiters = table.get(i);
            if (waiters != null && !waiters.isEmpty()) {
                wakeChain(waiters.takeIf(chosen));
            }
        }
    }

    private void wakeChain(HeldRequest first) {
        HeldRequest request = first;
        while (request != null) {
            HeldRequest next = request.nextWoken();
            request.setNextWoken(null);
            wake(request);
            request = next;
        }
    }

    /** Sends a claimed request, which stands in no queue any more, to its event loop. */
    private void wake(HeldRequest request) {
        count.decrementAndGet();
        ConnectionHolds holds = byConnection.get(request.connection());
        if (holds != null) {
            holds.wake(request);
        }
    }

    private QueueWaiters waitersOf(int index) {
        AtomicReferenceArray<QueueWaiters> table = byQueue;
        QueueWaiters waiters = index < table.length() ? table.get(index) : null;
        return waiters == null ? createWaiters(index) : waiters;
    }

    private synchronized QueueWaiters createWaiters(int index) {
        AtomicReferenceArray<QueueWaiters> table = byQueue;
        if (index >= table.length()) {
            AtomicReferenceArray<QueueWaiters> longer =
                    new AtomicReferenceArray<>(Math.max(index + 1, table.length() * 2));
            for (int i = 0; i < table.length(); i++) {
                longer.set(i, table.get(i));
            }
            byQueue = longer;
            table = longer;
        }
        if (table.get(index) == null) {
            table.set(index, new QueueWaiters(wheel));
        }
        return table.get(index);
    }

    private void startTimer() {
        if (!timerRuns.get() && timerRuns.compareAndSet(false, true)) {
            scheduler.after(config.tick(), this::tick);
        }
    }

    private void tick() {
        try {
            wheel.turn(this::visit);
        } finally {
            timerRuns.set(false);
            if (count.get() > 0) {
                startTimer();
            }
        }
    }

    private void visit(HeldRequest request) {
        QueueWaiters waiters = waitersOf(request.queue().index());
        if (!request.isDue(clock.nanos()) && !request.isPassedBy()) {
            waiters.visitAgainLater(request);
        } else if (request.claim()) {
            waiters.remove(request);
            wake(request);
        }
    }
}
