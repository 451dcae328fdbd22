package io.orbitmq.broker.pop.hold;

import io.orbitmq.foundation.schedule.Scheduler;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.transport.Connection;
import io.orbitmq.transport.ConnectionListener;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All held requests of one kind. An arrival costs a fence and a read while nothing is held, and a look-up by topic
 * otherwise. Deadlines are kept to 25 ms; while nothing is held no timer runs.
 *
 * <p>No message is missed between a look at the queues and {@link #hold}: holding first makes the request visible to
 * arrivals and then looks again, while the store first shows a message and then tells of it. Safe for any thread.
 */
public final class HeldPops implements ConnectionListener {

    private static final Logger LOG = LoggerFactory.getLogger(HeldPops.class);
    private static final Duration TICK = Duration.ofMillis(25);

    private final Clock clock;
    private final Scheduler scheduler;
    private final ConcurrentHashMap<String, TopicHolds> byTopic = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Connection, Set<HeldPop>> byConnection = new ConcurrentHashMap<>();
    private final ConcurrentSkipListSet<HeldPop> byDeadline = new ConcurrentSkipListSet<>(
            Comparator.comparingLong(HeldPop::deadlineNanos).thenComparingLong(HeldPop::sequence));
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong sequence = new AtomicLong();
    private final AtomicBoolean timerRuns = new AtomicBoolean();
    private volatile boolean closing;

    public HeldPops(Clock clock, Scheduler scheduler) {
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /** What became of the wish to wait. */
    public enum Outcome {
        /** It waits, or is already running again; the caller must leave it alone. */
        HELD,
        /** Too many wait. */
        FULL,
        /** The connection is gone or the broker stops. */
        CLOSED
    }

    /**
     * How many may wait.
     *
     * @param perKey of one key
     * @param all of all keys
     */
    public record Limits(int perKey, int all) {}

    /**
     * Holds a request until it is woken.
     *
     * @param missed looks again whether something can be had by now; asked once, after the request waits
     */
    public Outcome hold(HeldPop pop, Limits limits, BooleanSupplier missed) {
        if (closing || !pop.connection().isOpen()) {
            return Outcome.CLOSED;
        }
        if (count.incrementAndGet() > limits.all()) {
            count.decrementAndGet();
            return Outcome.FULL;
        }
        pop.setSequence(sequence.incrementAndGet());
        if (!byTopic.computeIfAbsent(pop.key().topic(), topic -> new TopicHolds())
                .add(pop, limits.perKey())) {
            count.decrementAndGet();
            return Outcome.FULL;
        }
        byDeadline.add(pop);
        byConnection
                .computeIfAbsent(pop.connection(), connection -> ConcurrentHashMap.newKeySet())
                .add(pop);
        if (pop.isClaimed()) {
            takeOut(pop);
            return Outcome.HELD;
        }
        startTimer();
        VarHandle.fullFence();
        if (missed.getAsBoolean() && pop.claim()) {
            wake(pop);
        }
        if (!pop.connection().isOpen()) {
            closed(pop.connection());
        }
        if (closing) {
            wakeAll();
        }
        return Outcome.HELD;
    }

    /** How many requests of exactly this key are held. */
    public int count(HoldKey key) {
        TopicHolds holds = byTopic.get(key.topic());
        return holds == null ? 0 : holds.count(key);
    }

    /** How many requests are held. */
    public int count() {
        return count.get();
    }

    /** Whether nothing is held; to be asked when a message has become visible, and a full fence was made since. */
    public boolean isEmpty() {
        return count.get() == 0;
    }

    /** A message has become visible, and a full fence was made since; wakes one request per group and key that it may match. */
    public void arrived(String topic, int queueId, long tagsCode) {
        if (isEmpty()) {
            return;
        }
        TopicHolds holds = byTopic.get(topic);
        if (holds != null) {
            holds.claimForMessage(queueId, tagsCode).forEach(this::wake);
        }
    }

    /** A message has become visible in the group's retry topic of {@code topic}; wakes one request it may match. */
    public void arrivedInRetry(String group, String topic, long tagsCode) {
        TopicHolds holds = count.get() == 0 ? null : byTopic.get(topic);
        if (holds != null) {
            holds.claimForRetry(group, tagsCode).forEach(this::wake);
        }
    }

    /** Messages can be had for this key: wakes the request that waits longest. */
    public void wakeOne(HoldKey key) {
        VarHandle.fullFence();
        TopicHolds holds = count.get() == 0 ? null : byTopic.get(key.topic());
        if (holds != null) {
            holds.claimOldest(key).forEach(this::wake);
        }
    }

    /** Runs every request for the topic again: it was changed or deleted. */
    public void wakeTopic(String topic) {
        wakeGroup("", topic);
    }

    /** Runs the group's requests for the topic again. */
    public void wakeGroup(String group, String topic) {
        TopicHolds holds = byTopic.get(topic);
        if (holds != null) {
            holds.claimAll(group).forEach(this::wake);
        }
    }

    /** From now on nothing is held; everything that waits runs again. */
    public void close() {
        closing = true;
        wakeAll();
    }

    @Override
    public void closed(Connection connection) {
        Set<HeldPop> held = byConnection.remove(connection);
        if (held != null) {
            held.stream().filter(HeldPop::claim).forEach(this::forget);
        }
    }

    private void wakeAll() {
        byTopic.values().forEach(holds -> holds.claimAll("").forEach(this::wake));
    }

    /** Takes out a claimed request and lets it run; one whose connection is gone gives its turn to the next. */
    private void wake(HeldPop pop) {
        forget(pop);
        if (!pop.connection().isOpen()) {
            wakeOne(pop.key());
            return;
        }
        try {
            pop.connection().execute(() -> run(pop));
        } catch (RejectedExecutionException e) {
            LOG.debug("event=held-pop-dropped reason=event-loop-gone key={}", pop.key());
        }
    }

    private void run(HeldPop pop) {
        if (!pop.connection().isOpen()) {
            wakeOne(pop.key());
            return;
        }
        try {
            pop.runAgain();
        } catch (RuntimeException e) {
            LOG.error("event=held-pop-failed key={}", pop.key(), e);
        }
    }

    private void forget(HeldPop pop) {
        count.decrementAndGet();
        takeOut(pop);
    }

    private void takeOut(HeldPop pop) {
        byDeadline.remove(pop);
        TopicHolds holds = byTopic.get(pop.key().topic());
        if (holds != null) {
            holds.remove(pop);
        }
        Set<HeldPop> ofConnection = byConnection.get(pop.connection());
        if (ofConnection != null) {
            ofConnection.remove(pop);
        }
    }

    private void startTimer() {
        if (!timerRuns.get() && timerRuns.compareAndSet(false, true)) {
            scheduler.after(TICK, this::tick);
        }
    }

    private void tick() {
        try {
            long now = clock.nanos();
            for (HeldPop pop : byDeadline) {
                if (pop.deadlineNanos() - now > 0) {
                    break;
                }
                if (pop.claim()) {
                    wake(pop);
                } else {
                    byDeadline.remove(pop);
                }
            }
        } finally {
            timerRuns.set(false);
            if (count.get() > 0) {
                startTimer();
            }
        }
    }
}
