package io.orbitmq.broker.delay;

import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.AppendOutcome.Reason;
import io.orbitmq.store.AppendOutcome.Refused;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore;
import io.orbitmq.store.MessageStore.DurabilityListener;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes messages out of the timer queue of Apache RocketMQ, one at a time. One thread; waits for the disk. */
final class ForeignTimers {

    private static final Logger LOG = LoggerFactory.getLogger(ForeignTimers.class);
    /** TIMER_OUT_MS is the second before the one that was asked for (protocol/06 section 2). */
    private static final long PRECISION_MS = 1000;
    /** Messages due sooner were never put back (protocol/06 section 2). */
    private static final long SHORTEST_ROLL_MS = 3_600_000;

    private final DelayTable table;
    private final MessageStore store;
    private final Duration retention;
    private final Clock clock;
    private final ForeignDeliveries deliveries;
    private long taken;

    ForeignTimers(DelayTable table, MessageStore store, Duration retention, Clock clock, ForeignDeliveries deliveries) {
        this.table = table;
        this.store = store;
        this.retention = retention;
        this.clock = clock;
        this.deliveries = deliveries;
    }

    /** How many messages wait again. */
    long taken() {
        return taken;
    }

    /**
     * Appends the message again if it still waits; the caller settles the old one when this does nothing.
     *
     * @throws IllegalStateException when the store takes nothing
     */
    void take(Place place) {
        Optional<ByteBuffer> found = store.recordAt(place.position());
        if (found.isEmpty() || table.isSettled(place.kind(), place.queueId(), place.offset())) {
            return;
        }
        DelayedRecord record = new DelayedRecord(found.get());
        if (record.isRecall()) {
            // until after the message's time, which is in the same second
            long dueMs = record.dueMs() + 2 * PRECISION_MS;
            append(() ->
                    store.appendState(table.name(), DelayChanges.recall(Recalls.Key.of(record.recalled()), dueMs)));
        } else if (record.realTopic().equals(Names.HALF_TOPIC)) {
            LOG.warn(
                    "event=delayed-half-message-dropped position={} note=\"its real topic is lost, RocketMQ drops it too\"",
                    place.position());
        } else if (!isDelivered(found.get(), record)) {
            long dueMs = Math.max(clock.epochMs(), dueMs(found.get(), record));
            long storeMs = Math.max(clock.epochMs(), table.latestStoreMs());
            LogQueue queue = store.queue(Names.TIMER_TOPIC, TimerQueues.queueIdFor(dueMs, storeMs, retention));
            append(() -> store.append(queue, record.waitingUntil(dueMs, place.settlement())));
            taken++;
        }
    }

    private boolean isDelivered(ByteBuffer waiting, DelayedRecord record) {
        boolean far = record.dueMs() - record.storeTimestamp() > SHORTEST_ROLL_MS;
        return record.dueMs() <= clock.epochMs() && deliveries.ofTimer(waiting) || far && deliveries.rolled(waiting);
    }

    /** As asked for when that is known to the millisecond, else the end of its second. */
    private static long dueMs(ByteBuffer waiting, DelayedRecord record) {
        long latest = record.dueMs() + PRECISION_MS;
        try {
            long asked = Long.parseLong(MessageRecord.property(waiting, 0, PropertyNames.TIMER_DELIVER_MS));
            return asked > record.dueMs() && asked <= latest ? asked : latest;
        } catch (NumberFormatException e) {
            return latest;
        }
    }

    /** Tries again after waiting for the disk when too many bytes wait for it. */
    private void append(Supplier<AppendOutcome> attempt) {
        AppendOutcome outcome = attempt.get();
        while (outcome instanceof Refused refused && refused.reason() == Reason.BUSY) {
            awaitDisk();
            outcome = attempt.get();
        }
        if (outcome instanceof Refused refused) {
            throw new IllegalStateException(
                    "a delayed message of the Apache RocketMQ store could not be taken over: " + refused.text());
        }
    }

    private void awaitDisk() {
        CompletableFuture<Void> durable = new CompletableFuture<>();
        store.whenDurable(store.status().writtenPosition(), new DurabilityListener() {
            @Override
            public void durable() {
                durable.complete(null);
            }

            @Override
            public void lost(String reason) {
                durable.completeExceptionally(new IllegalStateException(reason));
            }
        });
        store.endTurn();
        durable.join();
    }
}
