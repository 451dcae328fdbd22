package io.orbitmq.broker.pop;

import io.orbitmq.broker.pop.hold.HeldPops;
import io.orbitmq.broker.pop.state.PopChange;
import io.orbitmq.broker.pop.state.PopKey;
import io.orbitmq.broker.topic.TopicListener;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore.ArrivalListener;
import io.orbitmq.transport.Connection;
import io.orbitmq.transport.ConnectionListener;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.Lane;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Pop consumption of one broker: its handlers, the requests that wait, and the copying of what was not acknowledged.
 * Register it as a listener of arrivals, connections and topics. {@link #start} and {@link #close} are for the owner's
 * thread, the rest for any.
 */
public final class Pops implements ArrivalListener, ConnectionListener, TopicListener, AutoCloseable {

    private final PopParts parts;
    private final QueueTurns turns = new QueueTurns();
    private final HeldPops held;
    private final HeldPops notifications;
    private final OrderedPops ordered;
    private final Reviver reviver;
    private final Map<String, RetryOf> retryTopics = new ConcurrentHashMap<>();

    private record RetryOf(String group, String topic) {}

    public Pops(PopParts parts) {
        this.parts = parts;
        this.held = new HeldPops(parts.clock(), parts.machine().scheduler());
        this.notifications = new HeldPops(parts.clock(), parts.machine().scheduler());
        this.ordered = new OrderedPops(parts, List.of(held, notifications));
        this.reviver = new Reviver(
                parts, (retryTopic, group, topic) -> retryTopics.put(retryTopic, new RetryOf(group, topic)));
    }

    /**
     * Adds the rows of pop consumption.
     *
     * @param mayWait for what may read the disk
     */
    public HandlerTable.Builder addTo(HandlerTable.Builder table, Lane mayWait) {
        PopAdmission admission = new PopAdmission(parts);
        PlaceCheck places = new PlaceCheck(parts);
        Acks acks = new Acks(parts, ordered);
        TurnEnd turnEnd = new TurnEnd(parts.store());
        Lane inline = Lane.inline();
        return table.on(
                        RequestCode.POP_MESSAGE,
                        inline,
                        new PopHandler(parts, admission, turns, ordered, held, turnEnd))
                .on(RequestCode.ACK_MESSAGE, inline, new AckHandler(places, acks))
                .on(RequestCode.BATCH_ACK_MESSAGE, inline, new BatchAckHandler(places, acks))
                .on(
                        RequestCode.CHANGE_MESSAGE_INVISIBLETIME,
                        inline,
                        new ChangeInvisibleHandler(parts, places, ordered, turnEnd))
                .on(RequestCode.PEEK_MESSAGE, mayWait, new PeekHandler(parts, admission))
                .on(RequestCode.NOTIFICATION, inline, new NotificationHandler(parts, admission, ordered, notifications))
                .on(RequestCode.POLLING_INFO, inline, new PollingHandler(admission, held));
    }

    /** Begins to copy what is not acknowledged in time, after forgetting what belongs to topics and groups that are gone. */
    public void start() {
        Set<String> groups = new TreeSet<>();
        Set<String> topics = new TreeSet<>();
        for (PopKey key : parts.table().keys()) {
            if (parts.groups().find(key.group()).isEmpty()) {
                groups.add(key.group());
            }
            if (parts.topics().find(key.topic()).isEmpty()) {
                topics.add(key.topic());
            }
        }
        groups.forEach(this::groupDeleted);
        topics.forEach(this::forget);
        reviver.start();
    }

    /** Held requests run a last time and nothing is held any more. */
    public void release() {
        ordered.stop();
        held.close();
        notifications.close();
    }

    /** Stops copying, and its thread. */
    @Override
    public void close() {
        reviver.stop();
        ordered.stop();
        parts.machine().reviving().close();
    }

    @Override
    public void arrived(LogQueue queue, long offset, long tagsCode) {
        if (!held.isEmpty() || !notifications.isEmpty()) {
            wakeFor(queue, tagsCode);
        }
    }

    private void wakeFor(LogQueue queue, long tagsCode) {
        held.arrived(queue.topic(), queue.queueId(), tagsCode);
        notifications.arrived(queue.topic(), queue.queueId(), tagsCode);
        if (queue.topic().startsWith(Names.RETRY_PREFIX)) {
            RetryOf retry = retryTopics.get(queue.topic());
            if (retry != null) {
                held.arrivedInRetry(retry.group(), retry.topic(), tagsCode);
                notifications.arrivedInRetry(retry.group(), retry.topic(), tagsCode);
            }
        }
    }

    @Override
    public void closed(Connection connection) {
        held.closed(connection);
        notifications.closed(connection);
    }

    @Override
    public void topicsChanged(Collection<String> changed) {
        for (String topic : changed) {
            if (parts.topics().find(topic).isEmpty()) {
                turns.forget(topic);
                retryTopics.remove(topic);
                forget(topic);
            }
            held.wakeTopic(topic);
            notifications.wakeTopic(topic);
        }
    }

    /** What the group has not acknowledged is not delivered again. */
    public void groupDeleted(String group) {
        if (parts.table().keys().stream().anyMatch(key -> key.group().equals(group))) {
            append(new PopChange().groupRemoved(group));
        }
    }

    /** The group's offsets were set: what waits looks again. */
    public void offsetsReset(String group, String topic) {
        held.wakeGroup(group, topic);
        notifications.wakeGroup(group, topic);
    }

    private void forget(String topic) {
        if (parts.table().keys().stream().anyMatch(key -> key.topic().equals(topic))) {
            append(new PopChange().topicRemoved(topic));
        }
    }

    private void append(PopChange change) {
        parts.store().appendState(parts.table().name(), change.toBuffer());
        parts.store().endTurn();
    }
}
