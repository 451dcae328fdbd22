package io.orbitmq.broker.fake;

import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.message.DraftRun;
import io.orbitmq.protocol.message.HostAddress;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.protocol.message.TagHash;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.KeyQuery;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore;
import io.orbitmq.store.ReadOutcome;
import io.orbitmq.store.ReadOutcome.Status;
import io.orbitmq.store.ReadRequest;
import io.orbitmq.store.RecordFollower;
import io.orbitmq.store.StateTable;
import io.orbitmq.store.StoreStatus;
import java.lang.invoke.VarHandle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A store in memory that can be read: whole records, the statuses of protocol/07 section 5.3, arrivals told at once.
 * Everything is durable at once. {@link #setCold} makes reads ask for the disk; {@link #answerNextRead} scripts one read.
 * One thread at a time.
 */
public final class ReadableStore implements MessageStore {

    private final Clock clock;
    private final Map<String, StateTable> tables = new HashMap<>();
    private final Map<String, FakeQueue> queues = new LinkedHashMap<>();
    private final Map<FakeQueue, List<ByteBuffer>> records = new HashMap<>();
    private final List<ReadRequest> reads = new ArrayList<>();
    private ArrivalListener listener = (queue, offset, tagsCode) -> {};
    private Optional<ReadOutcome> scripted = Optional.empty();
    private Optional<AppendOutcome> refusal = Optional.empty();
    private Optional<AppendOutcome> deletionRefusal = Optional.empty();
    private boolean cold;
    private int deletions;
    private long end;

    public ReadableStore(Clock clock, StateTable... tables) {
        this.clock = clock;
        for (StateTable table : tables) {
            this.tables.put(table.name(), table);
        }
    }

    /** Appends a message and returns its place in the log. */
    public long put(String topic, int queueId, String tag, String body) {
        return put(topic, queueId, "TAGS\u0001" + tag + "\u0002", body.getBytes(StandardCharsets.UTF_8));
    }

    public long put(String topic, int queueId, String properties, byte[] body) {
        HostAddress host = HostAddress.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911));
        MessageDraft draft = new MessageDraft(
                0,
                0,
                clock.epochMs(),
                host,
                host,
                0,
                0,
                ByteBuffer.wrap(body),
                ByteBuffer.wrap(properties.getBytes(StandardCharsets.UTF_8)));
        return ((AppendOutcome.Appended) append(queue(topic, queueId), draft)).position();
    }

    /** The reads so far. */
    public List<ReadRequest> reads() {
        return reads;
    }

    /** While cold, a read that must not touch the disk is told so. */
    public void setCold(boolean changed) {
        cold = changed;
    }

    public void answerNextRead(ReadOutcome outcome) {
        scripted = Optional.of(outcome);
    }

    /** The next change of a table is refused. */
    public void refuseNextChange(AppendOutcome.Reason reason, String text) {
        refusal = Optional.of(new AppendOutcome.Refused(reason, text));
    }

    /** From now on queues of topics cannot be deleted. */
    public void refuseDeletions(AppendOutcome.Reason reason, String text) {
        deletionRefusal = Optional.of(new AppendOutcome.Refused(reason, text));
    }

    public FakeQueue fakeQueue(String topic, int queueId) {
        return queues.computeIfAbsent(topic + "/" + queueId, key -> new FakeQueue(topic, queueId, queues.size()));
    }

    public int deletions() {
        return deletions;
    }

    @Override
    public LogQueue queue(String topic, int queueId) {
        return fakeQueue(topic, queueId);
    }

    @Override
    public Optional<LogQueue> findQueue(String topic, int queueId) {
        return Optional.ofNullable(queues.get(topic + "/" + queueId));
    }

    @Override
    public AppendOutcome append(LogQueue queue, MessageDraft draft) {
        FakeQueue target = (FakeQueue) queue;
        byte[] topic = queue.topic().getBytes(StandardCharsets.UTF_8);
        ByteBuffer record = ByteBuffer.allocate(MessageRecord.sizeOf(draft, topic.length));
        long offset = target.maxOffset();
        long position = end;
        MessageRecord.write(record, draft, topic, queue.queueId(), offset, position, clock.epochMs());
        record.flip();
        end += record.remaining();
        records.computeIfAbsent(target, key -> new ArrayList<>()).add(record);
        target.setMaxOffset(offset + 1);
        tellFollowers(queue.topic(), record);
        VarHandle.fullFence();
        listener.arrived(queue, offset, tagsCode(record));
        return new AppendOutcome.Appended(offset, position, end, clock.epochMs());
    }

    private void tellFollowers(String topic, ByteBuffer record) {
        boolean settles = MessageRecord.preparedTransactionOffset(record, 0) != 0;
        for (StateTable table : tables.values()) {
            if (table instanceof RecordFollower follower
                    && (settles || follower.followedTopics().contains(topic))) {
                follower.follow(record, 0);
            }
        }
    }

    @Override
    public AppendOutcome appendAll(LogQueue queue, DraftRun drafts, long[] positions) {
        return OneByOne.append(this, queue, drafts, positions);
    }

    @Override
    public AppendOutcome appendState(String table, ByteBuffer change) {
        if (refusal.isPresent()) {
            AppendOutcome refused = refusal.get();
            refusal = Optional.empty();
            return refused;
        }
        tables.get(table).apply(change.duplicate());
        end += change.remaining();
        return new AppendOutcome.Appended(0, end, end, clock.epochMs());
    }

    @Override
    public void whenDurable(long endPosition, DurabilityListener durability) {
        durability.durable();
    }

    @Override
    public void endTurn() {}

    @Override
    public ReadOutcome read(LogQueue queue, ReadRequest request, RecordSink sink) {
        reads.add(request);
        if (scripted.isPresent()) {
            ReadOutcome outcome = scripted.get();
            scripted = Optional.empty();
            return outcome;
        }
        long min = queue.minOffset();
        long max = queue.maxOffset();
        long offset = request.offset();
        if (max == 0) {
            return new ReadOutcome(Status.NO_MESSAGE_IN_QUEUE, 0, min, max, 0, 0);
        }
        if (offset < min) {
            return new ReadOutcome(Status.OFFSET_TOO_SMALL, min, min, max, 0, 0);
        }
        if (offset >= max) {
            Status status = offset == max ? Status.OFFSET_OVERFLOW_ONE : Status.OFFSET_OVERFLOW_BADLY;
            return new ReadOutcome(status, max, min, max, 0, 0);
        }
        if (cold && request.memoryOnly()) {
            return new ReadOutcome(Status.NEEDS_DISK, offset, min, max, 0, 0);
        }
        return readRecords(queue, request, sink);
    }

    private ReadOutcome readRecords(LogQueue queue, ReadRequest request, RecordSink sink) {
        List<ByteBuffer> stored = records.get((FakeQueue) queue);
        int count = 0;
        int bytes = 0;
        long at = request.offset();
        while (at < queue.maxOffset() && at - request.offset() < request.maxExamined()) {
            ByteBuffer record = stored.get((int) at).duplicate();
            if (request.filter().mayMatch(tagsCode(record))) {
                boolean full = count >= Math.max(1, request.maxCount())
                        || count > 0 && bytes + record.remaining() > request.maxBytes();
                if (full) {
                    break;
                }
                count++;
                bytes += record.remaining();
                sink.accept(record);
            }
            at++;
        }
        Status status = count > 0 ? Status.FOUND : Status.NO_MATCHED_MESSAGE;
        return new ReadOutcome(status, at, queue.minOffset(), queue.maxOffset(), count, bytes);
    }

    @Override
    public void scan(LogQueue queue, long fromOffset, EntrySink sink) {
        List<ByteBuffer> stored = records.getOrDefault((FakeQueue) queue, List.of());
        boolean more = true;
        for (long at = fromOffset; at < stored.size() && more; at++) {
            ByteBuffer record = stored.get((int) at);
            more = sink.accept(at, MessageRecord.physicalOffset(record, 0), record.remaining(), tagsCode(record));
        }
    }

    @Override
    public Optional<ByteBuffer> recordAt(long position) {
        return all().stream()
                .filter(record -> MessageRecord.physicalOffset(record, 0) == position)
                .map(ByteBuffer::duplicate)
                .findFirst();
    }

    @Override
    public long storeTimestampAt(LogQueue queue, long offset) {
        boolean there = offset >= queue.minOffset() && offset < queue.maxOffset();
        return there
                ? MessageRecord.storeTimestamp(records.get((FakeQueue) queue).get((int) offset), 0)
                : -1;
    }

    @Override
    public long offsetByTime(LogQueue queue, long timestampMs, TimeBoundary boundary) {
        long offset = queue.minOffset();
        long wanted = boundary == TimeBoundary.LOWER ? timestampMs : timestampMs + 1;
        while (offset < queue.maxOffset() && storeTimestampAt(queue, offset) < wanted) {
            offset++;
        }
        return boundary == TimeBoundary.LOWER ? offset : Math.max(0, offset - 1);
    }

    @Override
    public List<ByteBuffer> findByKey(KeyQuery query) {
        return all().stream()
                .filter(record -> MessageRecord.topic(record, 0).equals(query.topic()))
                .filter(record -> query.key().equals(MessageRecord.property(record, 0, PropertyNames.KEYS))
                        || query.key().equals(MessageRecord.property(record, 0, PropertyNames.UNIQ_KEY)))
                .limit(query.maxCount())
                .map(ByteBuffer::duplicate)
                .toList();
    }

    @Override
    public AppendOutcome deleteTopicQueues(String topic) {
        if (deletionRefusal.isPresent()) {
            return deletionRefusal.get();
        }
        deletions++;
        queues.values().removeIf(queue -> queue.topic().equals(topic));
        return new AppendOutcome.Appended(0, end, end, clock.epochMs());
    }

    @Override
    public void onArrival(ArrivalListener told) {
        listener = told;
    }

    @Override
    public StoreStatus status() {
        return new StoreStatus(0, end, end, end, -1, 0.25, 1L << 40, 1L << 39, queues.size(), 7, end, 0, "");
    }

    @Override
    public int deleteExpiredSegments() {
        return 0;
    }

    @Override
    public void close() {}

    private List<ByteBuffer> all() {
        return records.values().stream().flatMap(List::stream).toList();
    }

    private static long tagsCode(ByteBuffer record) {
        return TagHash.of(MessageRecord.property(record, 0, PropertyNames.TAGS));
    }
}
