package io.orbitmq.broker.fake;

import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.message.DraftRun;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.KeyQuery;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore;
import io.orbitmq.store.ReadOutcome;
import io.orbitmq.store.ReadRequest;
import io.orbitmq.store.StateTable;
import io.orbitmq.store.StoreStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A store without a disk: it keeps drafts and state changes in order, applies changes like the real one, and makes
 * things durable at once or, after {@link #holdDurability}, when the test says so. Reading gives nothing: tests look at
 * {@link #stored}. One thread at a time.
 */
public final class MemoryStore implements MessageStore {

    private static final int RECORD_BYTES = 100;

    private final Clock clock;
    private final Map<String, StateTable> tables = new LinkedHashMap<>();
    private final Map<String, FakeQueue> queues = new LinkedHashMap<>();
    private final List<Stored> stored = new ArrayList<>();
    private final List<String> expected = new ArrayList<>();
    private final List<StateChange> changes = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private Optional<AppendOutcome.Refused> refusal = Optional.empty();
    private boolean holding;
    private boolean closed;
    private long end;
    private int turns;

    public MemoryStore(Clock clock, StateTable... tables) {
        this.clock = clock;
        for (StateTable table : tables) {
            this.tables.put(table.name(), table);
        }
    }

    /** One message as it was appended. */
    public record Stored(String topic, int queueId, long queueOffset, long position, MessageDraft draft) {

        public String body() {
            return new String(bytes(draft.body()), StandardCharsets.UTF_8);
        }

        /** Properties and stamp, with ^ for byte 1 and ~ for byte 2. */
        public String properties() {
            String given = new String(bytes(draft.properties()), StandardCharsets.UTF_8);
            String end = given.isEmpty() || given.endsWith("\u0002") ? "" : "\u0002";
            return (given + end + new String(draft.stamp(), StandardCharsets.UTF_8))
                    .replace('\u0001', '^')
                    .replace('\u0002', '~');
        }
    }

    /** One change of a state table. */
    public record StateChange(String table, ByteBuffer bytes) {}

    private record Waiting(long endPosition, DurabilityListener listener) {}

    public List<Stored> stored() {
        return stored;
    }

    /** Queues that appends were announced for, as {@code topic-id}. */
    public List<String> expected() {
        return expected;
    }

    @Override
    public void expectAppends(List<LogQueue> coming) {
        coming.forEach(queue -> expected.add(queue.topic() + "-" + queue.queueId()));
    }

    /** The last message appended. */
    public Stored last() {
        return stored.get(stored.size() - 1);
    }

    public List<StateChange> changes() {
        return changes;
    }

    public int turns() {
        return turns;
    }

    /** From now on nothing is durable until {@link #makeDurable}. */
    public void holdDurability() {
        holding = true;
    }

    public void makeDurable() {
        List<Waiting> told = List.copyOf(waiting);
        waiting.clear();
        told.forEach(one -> one.listener().durable());
    }

    public void loseDurability(String reason) {
        List<Waiting> told = List.copyOf(waiting);
        waiting.clear();
        told.forEach(one -> one.listener().lost(reason));
    }

    /** From now on every append is refused. */
    public void refuse(AppendOutcome.Reason reason, String text) {
        refusal = Optional.of(new AppendOutcome.Refused(reason, text));
    }

    public void acceptAgain() {
        refusal = Optional.empty();
    }

    @Override
    public LogQueue queue(String topic, int queueId) {
        return queues.computeIfAbsent(topic + "/" + queueId, key -> new FakeQueue(topic, queueId, queues.size()));
    }

    @Override
    public Optional<LogQueue> findQueue(String topic, int queueId) {
        return Optional.ofNullable(queues.get(topic + "/" + queueId));
    }

    @Override
    public AppendOutcome append(LogQueue queue, MessageDraft draft) {
        if (refusal.isPresent()) {
            return refusal.get();
        }
        FakeQueue target = (FakeQueue) queue;
        long position = end;
        long offset = target.maxOffset();
        target.setMaxOffset(offset + 1);
        end += RECORD_BYTES;
        stored.add(new Stored(queue.topic(), queue.queueId(), offset, position, copy(draft)));
        return new AppendOutcome.Appended(offset, position, end, clock.epochMs());
    }

    @Override
    public AppendOutcome appendAll(LogQueue queue, DraftRun drafts, long[] positions) {
        return OneByOne.append(this, queue, drafts, positions);
    }

    @Override
    public AppendOutcome appendState(String table, ByteBuffer change) {
        if (refusal.isPresent()) {
            return refusal.get();
        }
        ByteBuffer kept = ByteBuffer.wrap(bytes(change));
        changes.add(new StateChange(table, kept));
        tables.get(table).apply(kept.duplicate());
        long position = end;
        end += RECORD_BYTES;
        return new AppendOutcome.Appended(changes.size(), position, end, clock.epochMs());
    }

    @Override
    public void whenDurable(long endPosition, DurabilityListener listener) {
        if (holding) {
            waiting.add(new Waiting(endPosition, listener));
        } else {
            listener.durable();
        }
    }

    @Override
    public void endTurn() {
        turns++;
    }

    @Override
    public ReadOutcome read(LogQueue queue, ReadRequest request, RecordSink sink) {
        throw new UnsupportedOperationException("the memory store keeps drafts, not records; look at stored()");
    }

    @Override
    public void scan(LogQueue queue, long fromOffset, EntrySink sink) {
        boolean more = true;
        for (Stored message : stored) {
            boolean wanted = message.topic().equals(queue.topic())
                    && message.queueId() == queue.queueId()
                    && message.queueOffset() >= fromOffset;
            more = more && (!wanted || sink.accept(message.queueOffset(), message.position(), RECORD_BYTES, 0));
        }
    }

    @Override
    public Optional<ByteBuffer> recordAt(long position) {
        return Optional.empty();
    }

    @Override
    public long storeTimestampAt(LogQueue queue, long offset) {
        return offset < queue.maxOffset() ? clock.epochMs() : -1;
    }

    @Override
    public long offsetByTime(LogQueue queue, long timestampMs, TimeBoundary boundary) {
        return 0;
    }

    @Override
    public List<ByteBuffer> findByKey(KeyQuery query) {
        return List.of();
    }

    @Override
    public AppendOutcome deleteTopicQueues(String topic) {
        queues.values().removeIf(queue -> queue.topic().equals(topic));
        return new AppendOutcome.Appended(0, end, end, clock.epochMs());
    }

    @Override
    public void onArrival(ArrivalListener listener) {}

    @Override
    public StoreStatus status() {
        return new StoreStatus(0, end, end, end, -1, 0.1, 1, 1, queues.size(), stored.size(), end, 0, "");
    }

    @Override
    public int deleteExpiredSegments() {
        return 0;
    }

    @Override
    public void close() {
        closed = true;
    }

    public boolean isClosed() {
        return closed;
    }

    private static MessageDraft copy(MessageDraft draft) {
        return new MessageDraft(
                draft.flag(),
                draft.sysFlag(),
                draft.bornTimestamp(),
                draft.bornHost(),
                draft.storeHost(),
                draft.reconsumeTimes(),
                draft.preparedTransactionOffset(),
                ByteBuffer.wrap(bytes(draft.body())),
                ByteBuffer.wrap(bytes(draft.properties())),
                draft.stamp());
    }

    private static byte[] bytes(ByteBuffer source) {
        byte[] bytes = new byte[source.remaining()];
        source.duplicate().get(bytes);
        return bytes;
    }
}
