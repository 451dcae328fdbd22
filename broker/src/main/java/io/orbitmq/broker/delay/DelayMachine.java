package io.orbitmq.broker.delay;

import io.orbitmq.broker.DelaySettings;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.broker.topic.QueueHandles;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.broker.traffic.TrafficRecorder;
import io.orbitmq.foundation.schedule.Scheduler;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore;
import io.orbitmq.store.Settlement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers delayed messages when they are due, each once. It sleeps until the next one is due or something new is heard
 * of, and lets each lane that has work deliver a batch.
 *
 * <p>Threads: lanes run on the scheduler given, which is the machine's own; {@link #start}, {@link #recall} and the
 * questions may be called from any thread.
 */
public final class DelayMachine implements DelayProgress, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DelayMachine.class);

    /** Longest sleep while something waits, so that a clock set forward is noticed. */
    private static final long MAX_SLEEP_MS = 10_000;

    private static final long AFTER_FAILURE_MS = 1_000;
    private static final long RECALL_GRACE_MS = 60_000;
    /** 3 MiB of messages that are due soonest. */
    private static final int WINDOW_CAPACITY = 1 << 17;

    private final Parts parts;
    private final DelayCounts counts;
    private final StateLog log;
    private final Delivery delivery;
    private final List<Lane> lanes = new ArrayList<>();
    private final List<LevelLane> levels = new ArrayList<>();
    private final TimerLane timers;
    private final WakePlan plan;
    private long nextForgettingMs;

    /**
     * What the machine works with.
     *
     * @param settings levels
     * @param retention of the log
     * @param table given to the store at opening
     * @param store messages
     * @param topics real topics
     * @param queues their queues
     * @param scheduler the machine's own thread
     * @param traffic told what begins and ends to wait
     * @param clock time
     */
    public record Parts(
            DelaySettings settings,
            Duration retention,
            DelayTable table,
            MessageStore store,
            Topics topics,
            QueueHandles queues,
            Scheduler scheduler,
            TrafficRecorder traffic,
            Clock clock) {}

    public DelayMachine(Parts parts) {
        this(parts, WINDOW_CAPACITY);
    }

    DelayMachine(Parts parts, int windowCapacity) {
        this.parts = parts;
        this.counts = new DelayCounts(parts.traffic());
        this.log = new StateLog(parts.store());
        this.plan = new WakePlan(parts.scheduler(), parts.clock(), this::run, MAX_SLEEP_MS);
        this.delivery =
                new Delivery(parts.store(), parts.topics(), parts.queues(), parts.table(), counts, plan::wakeAll);
        LaneParts laneParts = new LaneParts(parts.table(), parts.store(), delivery, parts.clock());
        int count = Math.max(parts.settings().levels().size(), storedLevels());
        for (int level = 1; level <= count; level++) {
            Duration delay = parts.settings().ofLevel(parts.settings().clamp(level));
            levels.add(new LevelLane(level - 1, delay, laneParts));
        }
        lanes.addAll(levels);
        int nextLane = TimerQueues.laneFor(parts.retention());
        for (int i = 0; i < TimerQueues.lanes(); i++) {
            lanes.add(new RollLane(TimerQueues.FIRST_LANE + i, nextLane, laneParts, counts));
        }
        this.timers = new TimerLane(laneParts, windowCapacity);
        lanes.add(timers);
        plan.lanes(lanes.size());
    }

    /** Begins to deliver; what became due while nobody did comes first. */
    public void start() {
        for (int level = 1; level <= levels.size(); level++) {
            raiseEnd(Settlement.DELAY_LEVEL, Names.SCHEDULE_TOPIC, level - 1);
        }
        for (int i = 0; i < TimerQueues.lanes(); i++) {
            raiseEnd(Settlement.TIMER, Names.TIMER_TOPIC, TimerQueues.FIRST_LANE + i);
        }
        for (int i = 0; i < TimerQueues.BUCKETS; i++) {
            raiseEnd(Settlement.TIMER, Names.TIMER_TOPIC, TimerQueues.FIRST_BUCKET + i);
        }
        // only now is it known what waits: until here retention keeps everything
        parts.table().attach(this::heard, new NeededPosition(parts.table(), parts.store()));
        plan.wakeAll();
    }

    /** Stops delivering, and its thread; what waits, waits. */
    @Override
    public void close() {
        plan.stop();
        parts.scheduler().close();
    }

    /** What became of a wish to take a message back. */
    public enum RecallResult {
        /** The message will not be delivered, if it waits. */
        RECALLED,
        /** Its time has come. */
        TOO_LATE,
        /** More recalls wait than are kept in memory. */
        TOO_MANY
    }

    /**
     * Takes a message back that is due at {@code dueMs}. Decided on the delay thread, so a message is never delivered
     * after this succeeded. The future completes on an unspecified thread, normally when the recall is durable.
     */
    public CompletableFuture<RecallResult> recall(String topic, String uniqueKey, long dueMs) {
        CompletableFuture<RecallResult> answer = new CompletableFuture<>();
        parts.scheduler().after(Duration.ZERO, () -> {
            if (dueMs <= parts.clock().epochMs()) {
                answer.complete(RecallResult.TOO_LATE);
            } else if (parts.table().recallCount() >= Recalls.MOST) {
                answer.complete(RecallResult.TOO_MANY);
            } else {
                log.append(parts.table(), DelayChanges.recall(Recalls.Key.of(topic, uniqueKey), dueMs))
                        .whenComplete((done, failure) -> {
                            if (failure == null) {
                                answer.complete(RecallResult.RECALLED);
                            } else {
                                answer.completeExceptionally(failure);
                            }
                        });
            }
        });
        return answer;
    }

    @Override
    public List<LevelProgress> levels() {
        List<LevelProgress> progress = new ArrayList<>();
        for (int level = 1; level <= levels.size(); level++) {
            Optional<LogQueue> queue = parts.store().findQueue(Names.SCHEDULE_TOPIC, level - 1);
            if (queue.isPresent()) {
                long done = parts.table().settledBelow(Settlement.DELAY_LEVEL, level - 1);
                progress.add(new LevelProgress(
                        level, done, Math.max(done, queue.get().maxOffset())));
            }
        }
        return progress;
    }

    @Override
    public DelayFigures figures() {
        return new DelayFigures(
                parts.table().waiting(Settlement.DELAY_LEVEL),
                parts.table().waiting(Settlement.TIMER),
                parts.table().recallCount(),
                counts.delivered.sum(),
                counts.rolled.sum(),
                counts.recalled.sum(),
                counts.dropped.sum(),
                counts.refused.sum());
    }

    private void heard(int kind, int queueId, long offset, long position, long dueMs) {
        if (kind == Settlement.DELAY_LEVEL) {
            if (queueId < levels.size()) {
                plan.wake(queueId, levels.get(queueId).heard(offset, dueMs));
            }
        } else if (TimerQueues.isBucket(queueId)) {
            plan.wake(lanes.size() - 1, timers.offer(dueMs, offset, position));
            counts.timed();
        } else {
            plan.wake(
                    levels.size() + queueId - TimerQueues.FIRST_LANE,
                    parts.clock().epochMs() + TimerQueues.ageMs(queueId));
            counts.timed();
        }
    }

    /** One turn of the lanes that have work. */
    private void run() {
        long nowMs = parts.clock().epochMs();
        for (int lane = 0; lane < lanes.size(); lane++) {
            if (plan.take(lane, nowMs)) {
                runLane(lane, nowMs);
            }
        }
        forgetRecalls(nowMs);
        parts.store().endTurn();
    }

    private void runLane(int lane, long nowMs) {
        try {
            plan.wake(lane, lanes.get(lane).run(nowMs));
        } catch (RuntimeException e) {
            LOG.error("event=delayed-delivery-failed lane={} againInMs={}", lane, AFTER_FAILURE_MS, e);
            plan.wake(lane, nowMs + AFTER_FAILURE_MS);
        }
    }

    /** A recall is of no use once its message's time is past and no lane holds overdue messages. */
    private void forgetRecalls(long nowMs) {
        if (nowMs < nextForgettingMs || parts.table().recallCount() == 0 || isBehind(nowMs)) {
            return;
        }
        nextForgettingMs = nowMs + RECALL_GRACE_MS;
        if (parts.table().earliestRecallMs() < nowMs - RECALL_GRACE_MS) {
            parts.store().appendState(parts.table().name(), DelayChanges.forgetRecallsBefore(nowMs - RECALL_GRACE_MS));
        }
    }

    /** Whether messages whose time has come still wait: for another turn, for the disk, or for room in the store. */
    private boolean isBehind(long nowMs) {
        return plan.hasDue(nowMs) || lanes.stream().anyMatch(Lane::isBehind);
    }

    private int storedLevels() {
        int count = 0;
        while (parts.store().findQueue(Names.SCHEDULE_TOPIC, count).isPresent()) {
            count++;
        }
        return count;
    }

    private void raiseEnd(int kind, String topic, int queueId) {
        parts.store().findQueue(topic, queueId).ifPresent(queue -> parts.table()
                .raiseEnd(kind, queueId, queue.maxOffset()));
    }
}
