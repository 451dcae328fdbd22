package io.orbitmq.broker.delay;

import io.orbitmq.broker.DelaySettings;
import io.orbitmq.broker.state.StateReader;
import io.orbitmq.broker.state.StateWriter;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.protocol.message.PropertyCursor;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.store.RecordFollower;
import io.orbitmq.store.Settlement;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Which delayed messages are settled, by queue and offset, and which are recalled. Nearly all of it follows from the
 * messages themselves: one in an internal topic waits until another names its place (see {@link Settlement}). Changes of
 * its own are for what is settled without being delivered.
 *
 * <p>Size: a few bytes per queue, a bit per message of the minutes that are just being delivered; messages that wait take
 * nothing here. Safe for any thread; {@link #follow} and {@link #apply} come one at a time.
 */
public final class DelayTable implements RecordFollower {

    private static final String NAME = "delay";
    private static final byte[] SCHEDULE = Names.SCHEDULE_TOPIC.getBytes(StandardCharsets.UTF_8);
    private static final byte[] TIMER = Names.TIMER_TOPIC.getBytes(StandardCharsets.UTF_8);

    private final DelaySettings settings;
    private final Map<Integer, WaitingQueue> levels = new HashMap<>();
    private final Map<Integer, WaitingQueue> timers = new HashMap<>();
    private final Recalls recalls = new Recalls();
    private final PropertyCursor cursor = new PropertyCursor();
    private long latestStoreMs;
    private volatile WaitingListener listener = (kind, queueId, offset, position, dueMs) -> {};
    /** Until the machine knows, everything is needed. */
    private volatile LongSupplier needed = () -> 0;

    /** @param settings the levels decide when a message of a level is due */
    public DelayTable(DelaySettings settings) {
        this.settings = settings;
    }

    /** Hears of messages that begin to wait; under the append lock, so it must be quick. */
    interface WaitingListener {

        void waiting(int kind, int queueId, long offset, long position, long dueMs);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> followedTopics() {
        return Set.of(Names.SCHEDULE_TOPIC, Names.TIMER_TOPIC);
    }

    /** When the message is due, epoch milliseconds. */
    @Override
    public synchronized long indexCode(ByteBuffer record, int base, long tagHash) {
        boolean levelled = isTopic(record, base, SCHEDULE);
        long asked = number(record, base, levelled ? PropertyNames.DELAY : PropertyNames.TIMER_OUT_MS, -1);
        if (!levelled) {
            return asked < 0 ? tagHash : asked;
        }
        int level = settings.clamp((int) Math.min(Integer.MAX_VALUE, asked));
        return level == 0
                ? tagHash
                : MessageRecord.storeTimestamp(record, base)
                        + settings.ofLevel(level).toMillis();
    }

    /** Until when a level waits is not written in the message. */
    @Override
    public Set<String> topicsCodedBySettings() {
        return Set.of(Names.SCHEDULE_TOPIC);
    }

    @Override
    public synchronized void follow(ByteBuffer record, int base) {
        if (isTopic(record, base, SCHEDULE)) {
            begin(Settlement.DELAY_LEVEL, record, base);
        } else if (isTopic(record, base, TIMER) && TimerQueues.isOurs(MessageRecord.queueId(record, base))) {
            begin(Settlement.TIMER, record, base);
        }
        long settled = MessageRecord.preparedTransactionOffset(record, base);
        int kind = Settlement.kind(settled);
        if (kind == Settlement.DELAY_LEVEL || kind == Settlement.TIMER) {
            queue(kind, Settlement.queueId(settled)).settled().add(Settlement.queueOffset(settled));
        }
    }

    @Override
    public synchronized void apply(ByteBuffer change) {
        DelayChanges.decode(new StateReader(NAME, change), new Changer());
    }

    @Override
    public synchronized ByteBuffer snapshot() {
        StateWriter out = new StateWriter();
        write(out, levels);
        write(out, timers);
        recalls.write(out);
        return out.toBuffer();
    }

    @Override
    public synchronized void restore(ByteBuffer snapshot) {
        StateReader in = new StateReader(NAME, snapshot);
        read(in, levels);
        read(in, timers);
        recalls.read(in);
    }

    @Override
    public long neededFrom() {
        return needed.getAsLong();
    }

    /** Whoever delivers: hears of messages, and knows which are still needed. */
    void attach(WaitingListener told, LongSupplier neededFrom) {
        listener = told;
        needed = neededFrom;
    }

    synchronized boolean isSettled(int kind, int queueId, long offset) {
        WaitingQueue queue = of(kind).get(queueId);
        return queue != null && queue.settled().contains(offset);
    }

    /** The first offset that is not settled. */
    synchronized long settledBelow(int kind, int queueId) {
        WaitingQueue queue = of(kind).get(queueId);
        return queue == null ? 0 : queue.settled().below();
    }

    /** One past the newest message heard of; of an opened store this may be less than the queue has. */
    synchronized long endOffset(int kind, int queueId) {
        WaitingQueue queue = of(kind).get(queueId);
        return queue == null ? 0 : queue.endOffset();
    }

    /** Log position of the newest message heard of. */
    synchronized long lastPosition(int kind, int queueId) {
        WaitingQueue queue = of(kind).get(queueId);
        return queue == null ? 0 : queue.lastPosition();
    }

    /** Says how far a queue reaches that was filled before this table heard of it. */
    synchronized void raiseEnd(int kind, int queueId, long endOffset) {
        if (endOffset > 0) {
            queue(kind, queueId).appended(endOffset - 1, 0);
        }
    }

    /** The first bucket from {@code bucket} on whose queue has messages that wait; empty when none has. */
    synchronized OptionalLong firstOccupied(long bucket) {
        int from = TimerQueues.queueIdOf(bucket);
        return timers.entrySet().stream()
                .filter(entry ->
                        TimerQueues.isBucket(entry.getKey()) && entry.getValue().hasWaiting())
                .mapToLong(entry -> bucket + Math.floorMod(entry.getKey() - from, TimerQueues.BUCKETS))
                .min();
    }

    synchronized List<Integer> queuesWithWaiting(int kind) {
        return of(kind).entrySet().stream()
                .filter(entry -> entry.getValue().hasWaiting())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Messages that wait in all queues of a kind. */
    synchronized long waiting(int kind) {
        return of(kind).values().stream().mapToLong(WaitingQueue::waiting).sum();
    }

    synchronized boolean isRecalled(Recalls.Key key) {
        return recalls.contains(key);
    }

    synchronized int recallCount() {
        return recalls.size();
    }

    synchronized long earliestRecallMs() {
        return recalls.earliestDueMs();
    }

    /** Store time of the newest message heard of; the store never goes back behind it. */
    synchronized long latestStoreMs() {
        return latestStoreMs;
    }

    private void begin(int kind, ByteBuffer record, int base) {
        int queueId = MessageRecord.queueId(record, base);
        long offset = MessageRecord.queueOffset(record, base);
        long position = MessageRecord.physicalOffset(record, base);
        queue(kind, queueId).appended(offset, position);
        latestStoreMs = Math.max(latestStoreMs, MessageRecord.storeTimestamp(record, base));
        long dueMs = indexCode(record, base, Long.MAX_VALUE);
        if (kind == Settlement.TIMER) {
            text(record, base, PropertyNames.TIMER_DEL_UNIQKEY)
                    .ifPresent(recalled -> recalls.add(Recalls.Key.of(recalled), dueMs));
        }
        listener.waiting(kind, queueId, offset, position, dueMs);
    }

    private Map<Integer, WaitingQueue> of(int kind) {
        return kind == Settlement.DELAY_LEVEL ? levels : timers;
    }

    private WaitingQueue queue(int kind, int queueId) {
        return of(kind).computeIfAbsent(queueId, id -> new WaitingQueue(new SettledOffsets()));
    }

    private Optional<String> text(ByteBuffer record, int base, String name) {
        cursor.over(
                record, MessageRecord.propertiesPosition(record, base), MessageRecord.propertiesLength(record, base));
        String found = null;
        while (cursor.next()) {
            found = cursor.nameIs(name) ? cursor.value() : found;
        }
        return Optional.ofNullable(found);
    }

    private long number(ByteBuffer record, int base, String name, long otherwise) {
        try {
            return text(record, base, name).map(Long::parseLong).orElse(otherwise);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** Guarded by the table. */
    private final class Changer implements DelayChanges.Target {

        @Override
        public void settle(int kind, int queueId, long offset) {
            queue(kind, queueId).settled().add(offset);
        }

        @Override
        public void settleBelow(int kind, int queueId, long offset) {
            queue(kind, queueId).settled().addAllBelow(offset);
        }

        @Override
        public void recall(Recalls.Key key, long dueMs) {
            recalls.add(key, dueMs);
        }

        @Override
        public void forgetRecallsBefore(long dueMs) {
            recalls.forgetBefore(dueMs);
        }
    }

    private static boolean isTopic(ByteBuffer record, int base, byte[] topic) {
        if (MessageRecord.topicLength(record, base) != topic.length) {
            return false;
        }
        int at = MessageRecord.topicPosition(record, base);
        for (int i = 0; i < topic.length; i++) {
            if (record.get(at + i) != topic[i]) {
                return false;
            }
        }
        return true;
    }

    private static void write(StateWriter out, Map<Integer, WaitingQueue> queues) {
        out.putInt(queues.size());
        queues.forEach((queueId, queue) -> {
            out.putInt(queueId);
            queue.settled().write(out);
        });
    }

    private static void read(StateReader in, Map<Integer, WaitingQueue> queues) {
        for (int left = in.takeInt(); left > 0; left--) {
            queues.put(in.takeInt(), new WaitingQueue(SettledOffsets.read(in)));
        }
    }
}
