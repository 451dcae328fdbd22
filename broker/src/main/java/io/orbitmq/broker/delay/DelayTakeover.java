package io.orbitmq.broker.delay;

import io.orbitmq.broker.state.StateLog;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore;
import io.orbitmq.store.Settlement;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes over the delayed messages that Apache RocketMQ left waiting (protocol/06 sections 1 to 3). Those of delay levels
 * stay where they are; what was delivered is settled. Those with a time of their own stand in one queue in the order they
 * came; each is appended again where ours wait, which settles the old one, so that after a crash this goes on where it
 * was. Once, on the thread that opens the store, before the {@link DelayMachine} starts. Waits for the disk.
 */
public final class DelayTakeover {

    private static final int BATCH = 256;
    /** Far more than anybody configures; a level without messages costs a look-up. */
    private static final int MOST_LEVELS = 64;

    private final DelayTable table;
    private final MessageStore store;
    private final Duration retention;
    private final Clock clock;
    private final StateLog log;
    private final ForeignDeliveries deliveries;

    /** @param retention of the log */
    public DelayTakeover(DelayTable table, MessageStore store, Duration retention, Clock clock) {
        this.table = table;
        this.store = store;
        this.retention = retention;
        this.clock = clock;
        this.log = new StateLog(store);
        this.deliveries = new ForeignDeliveries(store);
    }

    /**
     * Settles what the levels delivered. Progress is written every ten seconds, so behind a level's offset is looked for
     * more that was delivered; as a level delivers in order, the first message that was not ends the search.
     *
     * @param nextOffsets by level
     * @return how many messages wait
     */
    public long takeLevels(Map<Integer, Long> nextOffsets) {
        long waiting = 0;
        int levels = nextOffsets.keySet().stream().reduce(MOST_LEVELS, Math::max);
        for (int level = 1; level <= levels; level++) {
            int queueId = level - 1;
            Optional<LogQueue> queue = store.findQueue(Names.SCHEDULE_TOPIC, queueId);
            if (queue.isPresent()) {
                long known = Math.max(queue.get().minOffset(), nextOffsets.getOrDefault(level, 0L));
                long next = Math.min(known, queue.get().maxOffset());
                while (isDelivered(queue.get(), next)) {
                    next++;
                }
                log.append(table, DelayChanges.settleBelow(Settlement.DELAY_LEVEL, queueId, next))
                        .join();
                waiting += queue.get().maxOffset() - next;
            }
        }
        return waiting;
    }

    /**
     * Appends the messages with a time of their own again.
     *
     * @param deliveredBeforeMs messages due earlier are delivered if they stand before {@code readBelow}
     * @param readBelow an offset of the timer topic
     * @return how many now wait
     */
    public long takeTimers(long deliveredBeforeMs, long readBelow) {
        Optional<LogQueue> found = store.findQueue(Names.TIMER_TOPIC, TimerQueues.FOREIGN);
        if (found.isEmpty()) {
            return 0;
        }
        LogQueue queue = found.get();
        long end = queue.maxOffset();
        long next = Math.max(queue.minOffset(), table.settledBelow(Settlement.TIMER, TimerQueues.FOREIGN));
        ForeignTimers timers = new ForeignTimers(table, store, retention, clock, deliveries);
        while (next < end) {
            List<Place> batch = new ArrayList<>();
            long[] scanned = {next};
            store.scan(queue, next, (offset, position, sizeBytes, dueMs) -> {
                if (offset >= readBelow || dueMs >= deliveredBeforeMs) {
                    batch.add(new Place(Settlement.TIMER, TimerQueues.FOREIGN, offset, position));
                }
                scanned[0] = offset + 1;
                return scanned[0] < end && batch.size() < BATCH;
            });
            batch.forEach(timers::take);
            next = batch.size() < BATCH ? end : scanned[0];
            log.append(table, DelayChanges.settleBelow(Settlement.TIMER, TimerQueues.FOREIGN, next))
                    .join();
        }
        return timers.taken();
    }

    private boolean isDelivered(LogQueue queue, long offset) {
        if (offset >= queue.maxOffset()) {
            return false;
        }
        long[] at = {-1};
        store.scan(queue, offset, (found, position, sizeBytes, dueMs) -> {
            at[0] = found == offset && dueMs <= clock.epochMs() ? position : -1;
            return false;
        });
        Optional<ByteBuffer> record = at[0] < 0 ? Optional.empty() : store.recordAt(at[0]);
        return record.isPresent()
                && MessageRecord.topic(record.get(), 0).equals(Names.SCHEDULE_TOPIC)
                && deliveries.ofLevel(record.get());
    }
}
