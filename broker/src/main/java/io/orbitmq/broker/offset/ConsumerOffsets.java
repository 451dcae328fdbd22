package io.orbitmq.broker.offset;

import io.orbitmq.broker.state.ChangeLostException;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.broker.state.StateWriter;
import io.orbitmq.store.AppendOutcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * How far each consumer group has come: the next offset to read per (group, topic, queue). Any value is accepted, lower
 * ones too (protocol/07 section 7). Safe for any thread; nothing here waits for the disk.
 *
 * <p>{@link #commit} is for what clients tell in passing: at once visible, in the log within half a second ({@link
 * #flush}). {@link #update} and {@link #reset} are for those who wait for an answer: their future completes once the
 * change is durable. Changes enter the log in the order they were decided, so recovery never sees an older one last.
 */
public final class ConsumerOffsets {

    /** What {@link #offset} says when nothing is known; any negative offset means the same to clients. */
    public static final long UNKNOWN = -1;

    /** A topic has at most this many queues; more ids of one group and topic can only be mischief. */
    private static final int MAX_QUEUES = 65_536;

    private final OffsetTable table;
    private final StateLog log;
    private final PendingOffsets pending;
    private final OffsetResets resets = new OffsetResets();
    private final PulledOffsets pulled = new PulledOffsets();
    private volatile BiConsumer<String, String> resetListener = (group, topic) -> {};
    /** Held from reading what to write until it is in the log. */
    private final Object appending = new Object();

    public ConsumerOffsets(OffsetTable table, StateLog log) {
        this.table = table;
        this.log = log;
        this.pending = new PendingOffsets(table, log);
    }

    /** The newest offset told, or {@link #UNKNOWN}; pending resets are not considered. */
    public long offset(String group, String topic, int queueId) {
        long offset = table.find(group, topic).map(row -> row.offset(queueId)).orElse(OffsetRow.NONE);
        return offset == OffsetRow.NONE ? UNKNOWN : offset;
    }

    /** Notes up to where messages of a queue were last handed to a group; kept in memory only. Allocates only at first. */
    public void handedOut(String group, String topic, int queueId, long nextOffset) {
        pulled.put(group, topic, queueId, nextOffset);
    }

    /** The offset after the last message handed to the group since the start; not before the committed offset. */
    public long pulledOffset(String group, String topic, int queueId) {
        return Math.max(offset(group, topic, queueId), pulled.get(group, topic, queueId));
    }

    /** False when (group, topic) already has offsets of 65536 other queues; the offset would be dropped. */
    public boolean hasRoom(String group, String topic, int queueId) {
        return table.find(group, topic)
                .map(row -> row.hasRoomFor(queueId, MAX_QUEUES))
                .orElse(true);
    }

    /**
     * Remembers an offset; it is in the log after the next {@link #flush}. Of no effect while a reset waits to be noticed.
     * Allocates only for a new queue.
     */
    public void commit(String group, String topic, int queueId, long offset) {
        OffsetRow row = table.rowOf(new GroupTopic(group, topic));
        if (row.hasRoomFor(queueId, MAX_QUEUES)) {
            pending.commit(row, queueId, offset);
            // in this order: a reset shows its notice before it tells its offset, so one of the two is last
            long reset = resets.find(group, topic, queueId);
            if (reset != UNKNOWN) {
                pending.commit(row, queueId, reset);
            }
        }
    }

    /**
     * Sets an offset; completes when durable, fails with a text that says why. One that the store refuses is kept like one
     * told in passing. Of no effect while a reset waits to be noticed.
     */
    public CompletableFuture<Void> update(String group, String topic, int queueId, long offset) {
        synchronized (appending) {
            return resets.find(group, topic, queueId) == UNKNOWN
                    ? updateAll(group, topic, Map.of(queueId, offset))
                    : CompletableFuture.completedFuture(null);
        }
    }

    /** Sets the offsets of several queues as one change. */
    public CompletableFuture<Void> updateAll(String group, String topic, Map<Integer, Long> offsets) {
        if (offsets.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        GroupTopic key = new GroupTopic(group, topic);
        synchronized (appending) {
            tell(key, offsets);
            return append(key, offsets);
        }
    }

    private CompletableFuture<Void> append(GroupTopic key, Map<Integer, Long> offsets) {
        StateWriter change = new StateWriter().putByte(OffsetTable.SET);
        OffsetTable.putRow(change, key, visitor -> offsets.forEach(visitor::visit));
        return log.append(table, change.toBuffer());
    }

    private void tell(GroupTopic key, Map<Integer, Long> offsets) {
        OffsetRow row = table.rowOf(key);
        offsets.forEach((queueId, offset) -> pending.commit(row, queueId, offset));
    }

    /**
     * Moves offsets by a change of another table, which carries them and tells {@link OffsetTable#applyMoved}: they are
     * durable exactly when that change is. Nothing moves when it is refused.
     *
     * @param append appends that change
     */
    public AppendOutcome moveWith(List<Move> moves, Supplier<AppendOutcome> append) {
        synchronized (appending) {
            AppendOutcome outcome = append.get();
            if (outcome instanceof AppendOutcome.Appended) {
                // what was told in passing before must not outlive it
                moves.forEach(move -> commit(move.group(), move.topic(), move.queueId(), move.offset()));
            }
            return outcome;
        }
    }

    /** An offset that is set together with something else. */
    public record Move(String group, String topic, int queueId, long offset) {}

    /**
     * A reset by an operator (protocol/07 section 12): the offsets are set, and until each queue's next pull took notice
     * with {@link #takeReset}, updates of it should be ignored. The notices are kept in memory only. One that the store
     * refuses changes nothing.
     */
    public CompletableFuture<Void> reset(String group, String topic, Map<Integer, Long> offsets) {
        if (offsets.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        GroupTopic key = new GroupTopic(group, topic);
        CompletableFuture<Void> durable;
        synchronized (appending) {
            durable = append(key, offsets);
            if (ChangeLostException.isRefused(durable)) {
                return durable;
            }
            resets.put(group, topic, offsets);
            // what was told in passing before must not outlive it
            tell(key, offsets);
        }
        pulled.remove(group, topic);
        resetListener.accept(group, topic);
        return durable;
    }

    /** {@code listener} hears of resets, group and topic, once they are visible; set once, before requests. */
    public void onReset(BiConsumer<String, String> listener) {
        resetListener = listener;
    }

    /** The offset of a reset no pull has noticed yet, or {@link #UNKNOWN}. */
    public long pendingReset(String group, String topic, int queueId) {
        return resets.find(group, topic, queueId);
    }

    /** The same, and forgets it: the caller tells the client. */
    public long takeReset(String group, String topic, int queueId) {
        return resets.take(group, topic, queueId);
    }

    /** The newest offsets of a group in a topic by queue id; empty when there are none. */
    public Map<Integer, Long> offsets(String group, String topic) {
        Map<Integer, Long> offsets = new TreeMap<>();
        table.find(group, topic).ifPresent(row -> row.collectCurrent(offsets));
        return offsets;
    }

    /** Topics the group has offsets of. Looks at every row: for administration only. */
    public Set<String> topicsOf(String group) {
        Set<String> topics = new TreeSet<>();
        forEachKey((rowGroup, topic) -> {
            if (rowGroup.equals(group)) {
                topics.add(topic);
            }
        });
        return topics;
    }

    /** Groups that have offsets of the topic. Looks at every row: for administration only. */
    public Set<String> groupsOf(String topic) {
        Set<String> groups = new TreeSet<>();
        forEachKey((group, rowTopic) -> {
            if (rowTopic.equals(topic)) {
                groups.add(group);
            }
        });
        return groups;
    }

    /** Shows every (group, topic) that has offsets, in no order. */
    public void forEachKey(BiConsumer<String, String> visitor) {
        table.rows().forEach(row -> visitor.accept(row.key().group(), row.key().topic()));
    }

    public CompletableFuture<Void> removeGroup(String group) {
        return remove(new StateWriter().putByte(OffsetTable.REMOVE_GROUP).putText(group), () -> {
            resets.removeIf(key -> key.group().equals(group));
            pulled.removeGroup(group);
        });
    }

    public CompletableFuture<Void> removeTopic(String topic) {
        return remove(new StateWriter().putByte(OffsetTable.REMOVE_TOPIC).putText(topic), () -> {
            resets.removeIf(key -> key.topic().equals(topic));
            pulled.removeTopic(topic);
        });
    }

    /** Forgets the offsets of one group in one topic. */
    public CompletableFuture<Void> remove(String group, String topic) {
        StateWriter change =
                new StateWriter().putByte(OffsetTable.REMOVE).putText(group).putText(topic);
        return remove(change, () -> {
            resets.removeIf(key -> key.equals(new GroupTopic(group, topic)));
            pulled.remove(group, topic);
        });
    }

    /** Writes all offsets told in passing to the log; called by a scheduled task and at shutdown. */
    public void flush() {
        boolean more = true;
        while (more) {
            synchronized (appending) {
                more = pending.appendChunk();
            }
        }
    }

    /** @param forget what is kept in memory only, unless the store refuses */
    private CompletableFuture<Void> remove(StateWriter change, Runnable forget) {
        synchronized (appending) {
            CompletableFuture<Void> durable = log.append(table, change.toBuffer());
            if (!ChangeLostException.isRefused(durable)) {
                forget.run();
            }
            return durable;
        }
    }
}
