package io.orbitmq.broker.delay;

import io.orbitmq.broker.topic.QueueHandles;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.AppendOutcome.Reason;
import io.orbitmq.store.AppendOutcome.Refused;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore;
import io.orbitmq.store.Settlement;
import io.orbitmq.store.StateTable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends a message whose time has come to its real queue. The new record settles the waiting one; both or neither
 * survive a crash. What can never be delivered is settled by a change of the table instead, and counted. One thread.
 */
final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final Set<String> CLOSED =
            Set.of(Names.SCHEDULE_TOPIC, Names.TIMER_TOPIC, Names.HALF_TOPIC, Names.OP_HALF_TOPIC, StateTable.TOPIC);
    private static final byte[] NOTHING = new byte[0];

    private final MessageStore store;
    private final Topics topics;
    private final QueueHandles queues;
    private final DelayTable table;
    private final DelayCounts counts;
    private final Dropped dropped;
    private final Runnable wake;
    private boolean refusing;

    /** @param wake lets the lanes run once more, soon */
    Delivery(
            MessageStore store,
            Topics topics,
            QueueHandles queues,
            DelayTable table,
            DelayCounts counts,
            Runnable wake) {
        this.store = store;
        this.topics = topics;
        this.queues = queues;
        this.table = table;
        this.counts = counts;
        this.dropped = new Dropped(store, table);
        this.wake = wake;
    }

    /** What became of an attempt. */
    enum Result {
        /** Done with: delivered, or never to be. */
        SETTLED,
        /** Not yet where it can be read; becomes so with the next flush. */
        NOT_DURABLE,
        /** The store takes nothing now; nothing changed. */
        REFUSED
    }

    /** Delivers the message that waits at {@code place}. */
    Result deliver(Place place, long nowMs) {
        Optional<ByteBuffer> found = store.recordAt(place.position());
        if (found.isEmpty()) {
            return missing(place);
        }
        DelayedRecord record = new DelayedRecord(found.get());
        if (record.isRecall() || isRecalled(place, record)) {
            return dropRecalled(place);
        }
        Optional<TopicConfig> topic =
                CLOSED.contains(record.realTopic()) ? Optional.empty() : topics.find(record.realTopic());
        if (topic.isEmpty()) {
            return dropUndeliverable(place, "its topic " + record.realTopic() + " is gone");
        }
        byte[] more = place.kind() == Settlement.TIMER ? timerProperties(record, nowMs) : NOTHING;
        Result result = append(queueOf(topic.get(), record), record.delivered(place.settlement(), more), place);
        if (result == Result.SETTLED) {
            counts.delivered(place.kind());
        }
        return result;
    }

    /** Reads what waits at {@code place}; empty when it is not there, or not yet. */
    Optional<DelayedRecord> read(Place place) {
        return store.recordAt(place.position()).map(DelayedRecord::new);
    }

    boolean isRecalled(Place place, DelayedRecord record) {
        return place.kind() == Settlement.TIMER
                && table.recallCount() > 0
                && table.isRecalled(Recalls.Key.of(record.realTopic(), record.uniqueKey()));
    }

    /** Appends a draft that settles {@code place}. */
    Result append(LogQueue queue, MessageDraft draft, Place place) {
        AppendOutcome outcome = store.append(queue, draft);
        if (!(outcome instanceof Refused refused)) {
            if (refusing) {
                LOG.info("event=delayed-delivery-goes-on");
                refusing = false;
            }
            return Result.SETTLED;
        }
        if (refused.reason() == Reason.MESSAGE_ILLEGAL) {
            return dropUndeliverable(place, refused.text());
        }
        counts.refused.increment();
        if (!refusing) {
            refusing = true;
            LOG.warn("event=delayed-delivery-waits reason={} cause=\"{}\"", refused.reason(), refused.text());
        }
        return Result.REFUSED;
    }

    /** Settles the message at {@code place}, which was taken back, without delivering it; written with {@link #flush}. */
    Result dropRecalled(Place place) {
        return drop(place, counts.recalled::increment);
    }

    private Result dropUndeliverable(Place place, String cause) {
        return drop(place, () -> {
            LOG.warn("event=delayed-message-dropped position={} cause=\"{}\"", place.position(), cause);
            counts.dropped.increment();
        });
    }

    /** @param told the first time only: what the store refuses comes again with each attempt */
    private Result drop(Place place, Runnable told) {
        if (dropped.contains(place)) {
            return Result.SETTLED;
        }
        if (!dropped.add(place)) {
            return Result.REFUSED;
        }
        told.run();
        return Result.SETTLED;
    }

    /** Nothing can be read at {@code place}: not yet, or never again. */
    Result missing(Place place) {
        if (!whenDurable(place.position()) || store.recordAt(place.position()).isPresent()) {
            return Result.NOT_DURABLE;
        }
        return dropUndeliverable(place, "its record is gone from the log");
    }

    /** Writes what was dropped; false when the store refuses: call again. */
    boolean flush() {
        return dropped.flush();
    }

    /** Wakes the lanes once everything up to the record at {@code position} can be read; true when it can already. */
    boolean whenDurable(long position) {
        DurableWait wait = new DurableWait(wake);
        store.whenDurable(position + 1, wait);
        return wait.isOver();
    }

    private LogQueue queueOf(TopicConfig topic, DelayedRecord record) {
        int queueCount = Math.max(topic.readQueues(), topic.writeQueues());
        int wanted = record.realQueueId();
        // a topic that was given fewer queues meanwhile
        return queues.queue(topic, wanted < queueCount ? wanted : wanted % Math.max(1, topic.readQueues()));
    }

    /** Bookkeeping that consumers see (protocol/06 section 2). */
    private static byte[] timerProperties(DelayedRecord record, long nowMs) {
        return ("TIMER_ENQUEUE_MS\u0001" + record.storeTimestamp() + "\u0002TIMER_DEQUEUE_MS\u0001" + nowMs + "\u0002")
                .getBytes(StandardCharsets.UTF_8);
    }
}
